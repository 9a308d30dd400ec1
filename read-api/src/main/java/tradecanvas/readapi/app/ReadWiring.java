package tradecanvas.readapi.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.runtime.config.PostgresConfig;
import tradecanvas.runtime.config.RedisConfig;
import tradecanvas.runtime.config.SwitchesCheck;
import tradecanvas.runtime.config.SwitchesConfig;
import tradecanvas.runtime.config.WorkerConfig;
import tradecanvas.runtime.store.ReadStores;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.SeriesVersions;

/** Gives the reads their stores where no other role in the process does. */
@Singleton
final class ReadWiring {
    private static final Logger LOG = LoggerFactory.getLogger(ReadWiring.class);

    @Produces
    @Singleton
    ReadStores stores(
            SwitchesConfig switches,
            WorkerConfig worker,
            PostgresConfig postgres,
            RedisConfig redis,
            Vertx vertx,
            MeterRegistry meters) {
        SwitchesCheck.verify(switches, postgres, redis);
        ReadStores stores = new ReadStores(switches, worker, postgres, vertx);
        stores.bind(meters);
        LOG.info("reads opened worker={} mirror={}", worker.workerUrl(), stores.readsMirror());
        return stores;
    }

    void close(@Disposes ReadStores stores) {
        stores.close();
    }

    @Produces
    @Singleton
    @DefaultBean
    CandleReader reader(ReadStores stores) {
        return stores.reader();
    }

    /** A process that only reads does not learn of changes. */
    @Produces
    @Singleton
    @DefaultBean
    SeriesVersions versions() {
        return SeriesVersions.UNKNOWN;
    }

    /** The stores are opened at the start rather than by the first read. */
    void open(@Observes StartupEvent event, CandleReader reader) {}
}

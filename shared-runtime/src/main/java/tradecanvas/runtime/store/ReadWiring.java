package tradecanvas.runtime.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.vertx.core.Vertx;
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
import tradecanvas.store.api.CandleReader;

/** Gives a process that only reads its stores; where a role brings a reader of its own, none of this is made. */
@Singleton
final class ReadWiring {
    private static final Logger LOG = LoggerFactory.getLogger(ReadWiring.class);

    @Produces
    @Singleton
    @DefaultBean
    StoreLoops loops(Vertx vertx) {
        return new StoreLoops(vertx);
    }

    @Produces
    @Singleton
    @DefaultBean
    ReadStores stores(
            SwitchesConfig switches,
            WorkerConfig worker,
            PostgresConfig postgres,
            RedisConfig redis,
            StoreLoops loops,
            MeterRegistry meters) {
        SwitchesCheck.verify(switches, postgres, redis);
        ReadStores stores = new ReadStores(switches, worker, postgres, loops.vertx());
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
}

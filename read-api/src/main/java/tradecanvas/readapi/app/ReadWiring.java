package tradecanvas.readapi.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
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
import tradecanvas.runtime.config.SwitchesConfig;
import tradecanvas.runtime.config.WorkerConfig;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.remote.LeasedFreshness;
import tradecanvas.store.route.MirrorBreaker;
import tradecanvas.store.route.RouteCounters;

/** Gives the reads their stores where no other role in the process does. */
@Singleton
final class ReadWiring {
    private static final Logger LOG = LoggerFactory.getLogger(ReadWiring.class);

    @Produces
    @Singleton
    ReadStores stores(
            SwitchesConfig switches, WorkerConfig worker, PostgresConfig postgres, Vertx vertx, MeterRegistry meters) {
        ReadStores stores = new ReadStores(switches, worker, postgres, vertx);
        ReadStores.Mirror mirror = stores.mirror();
        if (mirror != null) {
            bind(meters, mirror);
        }
        LOG.info("reads opened worker={} mirror={}", worker.workerUrl(), mirror != null);
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

    /** The stores are opened at the start rather than by the first read. */
    void open(@Observes StartupEvent event, CandleReader reader) {}

    private static void bind(MeterRegistry meters, ReadStores.Mirror mirror) {
        RouteCounters counters = mirror.reader().counters();
        for (RouteCounters.Route route : RouteCounters.Route.values()) {
            FunctionCounter.builder("tradecanvas.reads.routed", counters, c -> c.get(route))
                    .tag("source", route.source())
                    .tag("reason", route.reason())
                    .register(meters);
        }
        Gauge.builder("tradecanvas.mirror.held.off", mirror.breaker(), breaker -> breaker.isOpen() ? 1 : 0)
                .register(meters);
        FunctionCounter.builder("tradecanvas.mirror.failures", mirror.breaker(), MirrorBreaker::openings)
                .register(meters);
        FunctionCounter.builder("tradecanvas.mirror.probes", mirror.breaker(), MirrorBreaker::probes)
                .register(meters);
        LeasedFreshness freshness = mirror.freshness();
        Gauge.builder("tradecanvas.mirror.freshness.believed", freshness, f -> f.isBelieved() ? 1 : 0)
                .register(meters);
        FunctionCounter.builder("tradecanvas.mirror.freshness.asked", freshness, LeasedFreshness::answered)
                .tag("outcome", "answered")
                .register(meters);
        FunctionCounter.builder("tradecanvas.mirror.freshness.asked", freshness, LeasedFreshness::failed)
                .tag("outcome", "failed")
                .register(meters);
    }
}

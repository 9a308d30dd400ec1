package tradecanvas.standalone;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import tradecanvas.ingest.demand.DemandLeases;

/** Counts the watchers of this process as demand, as a gateway in a process of its own tells them to the worker. */
@Singleton
final class DemandOfThisProcess {
    private static final String GATEWAY = "standalone";
    private static final long EVERY_MS = 2_000;
    private static final long TTL_MS = 15_000;

    private final Vertx vertx;
    private final InProcessBus bus;
    private final DemandLeases demand;
    private long timer;

    DemandOfThisProcess(Vertx vertx, InProcessBus bus, DemandLeases demand) {
        this.vertx = vertx;
        this.bus = bus;
        this.demand = demand;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(
                EVERY_MS, _ -> demand.replace(GATEWAY, TTL_MS, bus.listeners().watchers()));
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }
}

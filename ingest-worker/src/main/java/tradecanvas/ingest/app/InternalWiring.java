package tradecanvas.ingest.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tradecanvas.ingest.internal.InternalConfig;
import tradecanvas.ingest.internal.InternalListener;
import tradecanvas.ingest.internal.InternalRoutes;

/** Opens the internal listener with the endpoints of all features, unless it is closed by its settings. */
@Singleton
final class InternalWiring {
    /** Before the store closes, so that reads under way are still answered. */
    static final int SHUTDOWN_ORDER = StoreWiring.SHUTDOWN_ORDER_LAST - 100;

    private final InternalConfig config;
    private final Vertx vertx;
    private final List<InternalRoutes> features;
    private final MeterRegistry meters;
    private @Nullable InternalListener listener;

    InternalWiring(InternalConfig config, Vertx vertx, @All List<InternalRoutes> features, MeterRegistry meters) {
        this.config = config;
        this.vertx = vertx;
        this.features = features;
        this.meters = meters;
    }

    void open(@Observes StartupEvent event) {
        if (config.internalPort().isPresent()) {
            listener = InternalListener.open(
                    vertx,
                    config,
                    config.internalPort().getAsInt(),
                    features.stream()
                            .flatMap(feature -> feature.routes().stream())
                            .toList());
            bind(listener);
        }
    }

    void close(@Observes @Priority(SHUTDOWN_ORDER) ShutdownEvent event) {
        if (listener != null) {
            listener.close();
        }
    }

    private void bind(InternalListener open) {
        Gauge.builder("tradecanvas.internal.connections", open, InternalListener::connections)
                .register(meters);
        FunctionCounter.builder("tradecanvas.internal.connections.refused", open, InternalListener::refusedConnections)
                .register(meters);
        FunctionCounter.builder("tradecanvas.internal.requests", open, InternalListener::requests)
                .register(meters);
    }
}

package tradecanvas.runtime.app;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import tradecanvas.runtime.config.RuntimeConfig;
import tradecanvas.runtime.debug.DebugEvents;
import tradecanvas.runtime.metrics.RuntimeMetrics;

/** Makes the shared objects of a process; a role or a test replaces one by producing its own. */
@Singleton
public final class RuntimeProducers {
    @Produces
    @Singleton
    @DefaultBean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    @DefaultBean
    RuntimeMetrics metrics(RuntimeConfig config, InstantSource clock) {
        return new RuntimeMetrics(config.enableRuntimeMetrics(), config.enableCapacityMetrics(), clock);
    }

    @Produces
    @Singleton
    @DefaultBean
    DebugEvents debugEvents(RuntimeConfig config, InstantSource clock) {
        return new DebugEvents(config.enableDebugApi(), clock);
    }
}

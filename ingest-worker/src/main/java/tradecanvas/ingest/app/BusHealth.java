package tradecanvas.ingest.app;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The bus in the readiness of the process. It is always up: without Redis gateways get their events from the worker. */
@Readiness
@Singleton
final class BusHealth implements HealthCheck {
    private final BusWiring bus;

    BusHealth(BusWiring bus) {
        this.bus = bus;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("bus")
                .up()
                .withData("redis", bus.redisState())
                .withData("gateways", bus.gateways())
                .build();
    }
}

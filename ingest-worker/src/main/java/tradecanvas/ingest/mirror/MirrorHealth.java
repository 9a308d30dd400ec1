package tradecanvas.ingest.mirror;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** The mirror in the readiness of the process. It is always up: without its mirror a worker does all that it must. */
@Readiness
@Singleton
final class MirrorHealth implements HealthCheck {
    private final @Nullable Mirroring mirroring;

    MirrorHealth(MirrorSwitch mirror) {
        this.mirroring = mirror.mirroring();
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("mirror").up();
        if (mirroring == null) {
            return response.withData("state", "off").build();
        }
        MirrorView view = mirroring.view();
        response.withData("state", view.state())
                .withData("outbox_depth", view.outboxDepth())
                .withData("outbox_oldest_age_ms", view.oldestAgeMs())
                .withData(
                        "quarantined_series",
                        mirroring.progress().quarantinedSeries().size());
        MirrorDrainer.Failure failure = view.lastFailure();
        if (failure != null) {
            response.withData("last_error", failure.message()).withData("last_error_at_ms", failure.atMs());
        }
        return response.build();
    }
}

package tradecanvas.gateway.app;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import tradecanvas.model.bus.CandleFeed;
import tradecanvas.model.bus.FeedState;

/** The feed in the readiness of the process: without one for a while it should be given no clients. */
@Readiness
@Singleton
final class FeedHealth implements HealthCheck {
    private final CandleFeed feed;

    FeedHealth(CandleFeed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        FeedState state = feed.state();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("feed")
                .status(state.ready())
                .withData("source", state.source().text());
        state.details().forEach(response::withData);
        return response.build();
    }
}

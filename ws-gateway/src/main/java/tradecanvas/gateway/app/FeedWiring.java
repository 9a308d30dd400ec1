package tradecanvas.gateway.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import tradecanvas.gateway.feed.RemoteFeed;
import tradecanvas.runtime.config.RedisConfig;
import tradecanvas.runtime.config.SwitchesConfig;
import tradecanvas.runtime.config.WorkerConfig;

/** Gives the gateway its feed where the worker is another process. */
@Singleton
final class FeedWiring {
    @Produces
    @Singleton
    @DefaultBean
    RemoteFeed feed(
            SwitchesConfig switches, WorkerConfig worker, RedisConfig redis, Vertx vertx, MeterRegistry meters) {
        RemoteFeed feed = new RemoteFeed(
                vertx, URI.create(worker.workerUrl()), switches.enableWsPubsub() ? redis.redisUrl() : Optional.empty());
        feed.bind(meters);
        return feed;
    }

    void close(@Disposes RemoteFeed feed) {
        feed.close();
    }
}

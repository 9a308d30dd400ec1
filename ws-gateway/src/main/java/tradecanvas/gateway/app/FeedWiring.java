package tradecanvas.gateway.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import tradecanvas.gateway.feed.RemoteFeed;
import tradecanvas.runtime.config.RedisConfig;
import tradecanvas.runtime.config.SwitchesConfig;
import tradecanvas.runtime.config.WorkerConfig;
import tradecanvas.runtime.store.StoreLoops;

/** Gives the gateway its feed where the worker is another process. */
@Singleton
final class FeedWiring {
    /** Shaking hands with a crowd keeps the loops of the process busy for seconds; heartbeats and reads must not wait for that. */
    @Produces
    @Singleton
    StoreLoops loops() {
        return new StoreLoops(Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)));
    }

    void close(@Disposes StoreLoops loops) {
        loops.vertx().close();
    }

    @Produces
    @Singleton
    @DefaultBean
    RemoteFeed feed(
            SwitchesConfig switches, WorkerConfig worker, RedisConfig redis, StoreLoops loops, MeterRegistry meters) {
        RemoteFeed feed = new RemoteFeed(
                loops.vertx(),
                URI.create(worker.workerUrl()),
                switches.enableWsPubsub() ? redis.redisUrl() : Optional.empty());
        feed.bind(meters);
        return feed;
    }

    void close(@Disposes RemoteFeed feed) {
        feed.close();
    }
}

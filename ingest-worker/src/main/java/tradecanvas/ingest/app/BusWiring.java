package tradecanvas.ingest.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tradecanvas.ingest.demand.DemandLeases;
import tradecanvas.ingest.demand.DemandRoutes;
import tradecanvas.ingest.feed.FeedLimits;
import tradecanvas.ingest.feed.InternalFeed;
import tradecanvas.ingest.internal.InternalRoutes;
import tradecanvas.ingest.publish.BusPublisher;
import tradecanvas.ingest.publish.RedisSink;
import tradecanvas.model.bus.BusSource;
import tradecanvas.runtime.config.RedisConfig;
import tradecanvas.runtime.config.SwitchesConfig;
import tradecanvas.store.sqlite.SqliteStore;

/** Takes what is published out of the process: to Redis where the switch says so, and to gateways that are connected. */
@Singleton
final class BusWiring {
    /** Before the internal listener, so that gateways are told why. */
    private static final int SHUTDOWN_ORDER_FEED = InternalWiring.SHUTDOWN_ORDER - 10;

    /** Behind the pipeline, which first publishes what is durable. */
    private static final int SHUTDOWN_ORDER_BUS = StoreWiring.SHUTDOWN_ORDER_LAST + 20;

    private final Vertx vertx;
    private final BusPublisher publisher;
    private final DemandLeases demand = new DemandLeases(DemandLeases.Bounds.STANDARD, System::nanoTime);
    private final InternalFeed feed;
    private final @Nullable RedisSink redis;
    private long heartbeats;

    BusWiring(
            SqliteStore store,
            SwitchesConfig switches,
            RedisConfig config,
            Vertx vertx,
            InstantSource clock,
            MeterRegistry meters) {
        this.vertx = vertx;
        publisher = new BusPublisher(
                BusSource.worker(store.fence().truthId(), store.fence().epoch()), clock);
        feed = new InternalFeed(vertx, publisher, demand, FeedLimits.STANDARD, System::nanoTime);
        redis = switches.enableWsPubsub()
                ? new RedisSink(vertx, config.redisUrl().orElseThrow(), publisher::heartbeat)
                : null;
        publisher.add(feed);
        feed.bind(meters);
        demand.bind(meters);
        if (redis != null) {
            publisher.add(redis);
            redis.bind(meters);
        }
    }

    @Produces
    @Singleton
    @Typed(BusPublisher.class)
    BusPublisher publisher() {
        return publisher;
    }

    @Produces
    @Singleton
    DemandLeases demand() {
        return demand;
    }

    @Produces
    @Singleton
    InternalRoutes feedRoutes() {
        return feed;
    }

    @Produces
    @Singleton
    InternalRoutes demandRoutes() {
        return new DemandRoutes(demand);
    }

    void start(@Observes StartupEvent event) {
        if (redis != null) {
            redis.open();
        }
        publisher.heartbeat();
        heartbeats = vertx.setPeriodic(BusPublisher.HEARTBEAT_EVERY.toMillis(), _ -> publisher.heartbeat());
    }

    void closeFeed(@Observes @Priority(SHUTDOWN_ORDER_FEED) ShutdownEvent event) {
        feed.close();
    }

    void closeBus(@Observes @Priority(SHUTDOWN_ORDER_BUS) ShutdownEvent event) {
        vertx.cancelTimer(heartbeats);
        if (redis != null) {
            redis.close();
        }
    }

    /** Whether Redis takes what is published: up, away or off. */
    String redisState() {
        if (redis == null) {
            return "off";
        }
        return redis.isOpen() ? "up" : "away";
    }

    int gateways() {
        return feed.gateways();
    }
}

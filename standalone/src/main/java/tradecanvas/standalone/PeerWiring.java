package tradecanvas.standalone;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import tradecanvas.gateway.feed.PeerFeed;
import tradecanvas.ingest.publish.BusPublisher;
import tradecanvas.runtime.config.RedisConfig;
import tradecanvas.runtime.config.SwitchesConfig;

/** Lets the sockets of this process have what other instances publish over Redis, where the switch says so. */
@Singleton
final class PeerWiring {
    private final InProcessBus bus;
    private final @Nullable PeerFeed peers;

    PeerWiring(
            SwitchesConfig switches,
            RedisConfig redis,
            InProcessBus bus,
            BusPublisher publisher,
            Vertx vertx,
            MeterRegistry meters) {
        this.bus = bus;
        this.peers = switches.enableWsPubsub()
                ? new PeerFeed(vertx, publisher.source(), redis.redisUrl().orElseThrow())
                : null;
        if (peers != null) {
            peers.bind(meters);
        }
    }

    void start(@Observes StartupEvent event) {
        if (peers != null) {
            peers.listen(bus.listeners());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (peers != null) {
            peers.close();
        }
    }
}

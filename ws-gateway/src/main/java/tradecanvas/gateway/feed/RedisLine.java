package tradecanvas.gateway.feed;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.DoubleSupplier;
import tradecanvas.model.bus.BusChannels;
import tradecanvas.model.bus.BusMessage;
import tradecanvas.model.bus.BusMessageCodec;
import tradecanvas.model.bus.BusSource;
import tradecanvas.runtime.bus.RedisLink;

/**
 * The subscription at Redis, and a second connection that probes it, as a connection that is subscribed may not publish.
 * Owner: its event loop.
 */
final class RedisLine {
    private final RedisLink subscription;
    private final RedisLink probes;
    private final byte[] probe;
    private boolean probeWaits;

    RedisLine(
            Vertx vertx, Context loop, String url, BusSource self, DoubleSupplier random, RedisLink.Listener listener) {
        probe = BusMessageCodec.encode(new BusMessage.Probe(self));
        subscription = new RedisLink(
                vertx,
                loop,
                url,
                List.of(BusChannels.EVENTS, BusChannels.HEARTBEATS),
                listener,
                RedisLink.Pace.STANDARD,
                random);
        probes = new RedisLink(vertx, loop, url, List.of(), new ProbesOpened(), RedisLink.Pace.STANDARD, random);
    }

    void open() {
        subscription.open();
        probes.open();
    }

    /** Sends a probe, or does so as soon as it can. */
    void probe() {
        probeWaits = !probes.isOpen();
        if (!probeWaits) {
            probes.publish(BusChannels.EVENTS, probe);
        }
    }

    void reopen(String why) {
        subscription.reopen(why);
    }

    void close() {
        subscription.close();
        probes.close();
    }

    private final class ProbesOpened implements RedisLink.Listener {
        @Override
        public void opened() {
            if (probeWaits) {
                probe();
            }
        }

        @Override
        public void received(String channel, byte[] text) {
            // it subscribes to nothing
        }

        @Override
        public void lost(Throwable cause) {
            // it opens again by itself, and the subscription is missed by its own silence
        }
    }
}

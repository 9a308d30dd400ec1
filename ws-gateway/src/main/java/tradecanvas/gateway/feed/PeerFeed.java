package tradecanvas.gateway.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.bus.BusMessage;
import tradecanvas.model.bus.BusSource;
import tradecanvas.model.bus.CandleFeed;
import tradecanvas.model.bus.FeedListener;
import tradecanvas.model.bus.FeedSource;
import tradecanvas.model.bus.FeedState;
import tradecanvas.runtime.bus.RedisLink;

/**
 * What other instances publish over Redis, for a process that has a worker of its own.
 *
 * <p>Messages of the own truth are not heard, as they were delivered here before they were sent. Each opening of the
 * subscription may have missed something, so the listener heals. Owner of all its state: one event loop.
 */
public final class PeerFeed implements CandleFeed, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerFeed.class);

    /** A probe that has not come back when the next one is due ends the connection. */
    private static final long PROBE_PERIOD_MS = 2_000;

    private final Vertx vertx;
    private final Context loop;
    private final BusSource self;
    private final String redisUrl;
    private final FeedCounters counters = new FeedCounters();
    private @Nullable RedisLine redis;
    private long ticking;
    private volatile boolean proven;

    /** @param self the worker of this process */
    public PeerFeed(Vertx vertx, BusSource self, String redisUrl) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.self = self;
        this.redisUrl = redisUrl;
    }

    /** Opens the feed; to be called once. */
    @Override
    public void listen(FeedListener listener) {
        loop.runOnContext(_ -> {
            Peers peers = new Peers(listener);
            RedisLine line = new RedisLine(
                    vertx,
                    loop,
                    redisUrl,
                    self,
                    () -> ThreadLocalRandom.current().nextDouble(),
                    peers);
            redis = line;
            line.open();
            ticking = vertx.setPeriodic(PROBE_PERIOD_MS, _ -> loop.runOnContext(_ -> peers.probe(line)));
        });
    }

    /** Local events come whatever Redis does, so the process is always ready. */
    @Override
    public FeedState state() {
        return new FeedState(FeedSource.LOCAL, true, Map.of("redis", proven ? "live" : "away"));
    }

    public void bind(MeterRegistry meters) {
        counters.bind(meters);
    }

    @Override
    public void close() {
        loop.runOnContext(_ -> {
            vertx.cancelTimer(ticking);
            if (redis != null) {
                redis.close();
            }
        });
    }

    private final class Peers implements RedisLink.Listener {
        private final FeedListener listener;
        private boolean connected;
        private boolean probing;

        Peers(FeedListener listener) {
            this.listener = listener;
        }

        @Override
        public void opened() {
            connected = true;
            probing = false;
            listener.interrupted();
        }

        @Override
        public void lost(Throwable cause) {
            connected = false;
            proven = false;
        }

        void probe(RedisLine line) {
            if (connected && probing) {
                line.reopen("probe unanswered");
            } else if (connected) {
                probing = true;
                line.probe();
            }
        }

        @Override
        public void received(String channel, byte[] text) {
            try {
                receive(BusMessageReader.read(text));
            } catch (InvalidBusMessageException invalid) {
                counters.invalid.increment();
                LOG.debug("bus message skipped", invalid);
            }
        }

        private void receive(BusMessage message) {
            switch (message) {
                case BusMessage.Heartbeat _ -> {}
                case BusMessage.Probe probe -> {
                    if (probe.source().equals(self)) {
                        probing = false;
                        proven = true;
                    }
                }
                case BusMessage.Event event -> {
                    if (isOwn(event.source())) {
                        counters.own.increment();
                    } else {
                        counters.events.increment();
                        listener.publish(event.event());
                    }
                }
            }
        }

        private boolean isOwn(BusSource source) {
            return source.hasEpoch() && source.truth().equals(self.truth());
        }
    }
}

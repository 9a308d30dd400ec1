package tradecanvas.ingest.publish;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.bus.BusChannels;
import tradecanvas.runtime.bus.RedisLink;

/**
 * Redis as a way out: one connection for events and heartbeats, which keeps their order.
 *
 * <p>While Redis is away events are dropped and counted, and gateways get theirs from the worker itself. Threads: any.
 */
public final class RedisSink implements BusSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSink.class);
    private static final Duration FLUSH_MAX = Duration.ofSeconds(1);
    private static final long FLUSH_LOOK_NANOS = 2_000_000;

    private final RedisLink link;
    private final AtomicLong offered = new AtomicLong();

    /**
     * @param url {@code redis://user:password@host:port/database}
     * @param opened called whenever Redis can be reached again; it must not block
     * @throws IllegalArgumentException with what is wrong with the URL
     */
    public RedisSink(Vertx vertx, String url, Runnable opened) {
        link = new RedisLink(
                vertx,
                vertx.getOrCreateContext(),
                url,
                List.of(),
                new Opened(opened),
                RedisLink.Pace.STANDARD,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Connects, and connects again whenever Redis was away. Returns at once. */
    public void open() {
        link.open();
    }

    public boolean isOpen() {
        return link.isOpen();
    }

    @Override
    public boolean wantsEvents() {
        return true;
    }

    @Override
    public void event(byte[] text) {
        offered.incrementAndGet();
        link.publish(BusChannels.EVENTS, text);
    }

    /** One that finds Redis away is no loss. */
    @Override
    public void heartbeat(byte[] text) {
        if (link.isOpen()) {
            offered.incrementAndGet();
            link.publish(BusChannels.HEARTBEATS, text);
        }
    }

    public void bind(MeterRegistry meters) {
        FunctionCounter.builder("tradecanvas.bus.events", link, RedisLink::published)
                .description("messages that went out; at Redis heartbeats are among them")
                .tag("sink", "redis")
                .tag("outcome", "sent")
                .register(meters);
        FunctionCounter.builder("tradecanvas.bus.events", link, RedisLink::dropped)
                .description("messages that went out; at Redis heartbeats are among them")
                .tag("sink", "redis")
                .tag("outcome", "dropped")
                .register(meters);
        Gauge.builder("tradecanvas.bus.redis.open", link, open -> open.isOpen() ? 1 : 0)
                .description("1 while Redis takes what is published")
                .register(meters);
        FunctionCounter.builder("tradecanvas.bus.redis.opens", link, RedisLink::opens)
                .description("connections to Redis")
                .register(meters);
    }

    /** Waits a moment for Redis to take what was published, then closes. Not to be called on an event loop. */
    @Override
    public void close() {
        long until = System.nanoTime() + FLUSH_MAX.toNanos();
        while (waiting() > 0 && System.nanoTime() < until) {
            LockSupport.parkNanos(FLUSH_LOOK_NANOS);
        }
        if (waiting() > 0) {
            LOG.warn("redis not flushed messages={}", waiting());
        }
        link.close();
    }

    private long waiting() {
        return offered.get() - link.published() - link.dropped();
    }

    private record Opened(Runnable told) implements RedisLink.Listener {
        @Override
        public void opened() {
            told.run();
        }

        @Override
        public void received(String channel, byte[] text) {
            // it subscribes to nothing
        }

        @Override
        public void lost(Throwable cause) {
            // the link has logged it, and opens again by itself
        }
    }
}

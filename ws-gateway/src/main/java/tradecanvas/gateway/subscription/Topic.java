package tradecanvas.gateway.subscription;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.series.SeriesId;

/**
 * A series that somebody on this gateway watches, and the event loops that have watchers.
 *
 * <p>{@link #published} rises with each closed candle <em>before</em> the loops get it. A store read that began at the
 * present value therefore misses nothing that a subscription made now would not get live.
 */
final class Topic {
    /** The head of a series of which nothing closed was seen. */
    static final long NO_HEAD = Long.MIN_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(Topic.class);
    private static final LoopSubscriptions[] NONE = {};

    final SeriesId series;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong head = new AtomicLong(NO_HEAD);
    private final AtomicInteger watchers = new AtomicInteger();
    private final AtomicBoolean healDue = new AtomicBoolean();
    /** Owner: {@link HeadWatch}. */
    long checkDueAt;

    /** Whether {@link HeadWatch} waits for the store, which then is not asked again. */
    volatile boolean checking;

    private volatile LoopSubscriptions[] loops = NONE;

    Topic(SeriesId series) {
        this.series = series;
    }

    LoopSubscriptions[] loops() {
        return loops;
    }

    long published() {
        return published.get();
    }

    /** Must come before the event is handed to the loops. */
    void publishing(FeedEvent event) {
        switch (event) {
            case FeedEvent.Closed closed -> closing(closed.candle().openTime());
            case FeedEvent.ClosedBatch batch ->
                closing(batch.candles().getLast().openTime());
            case FeedEvent.Forming _, FeedEvent.SystemNotice _ -> {}
        }
    }

    private void closing(long time) {
        published.incrementAndGet();
        sawHead(time);
    }

    /** The newest closed time that was published or read; {@link #NO_HEAD} where there is none. */
    long head() {
        return head.get();
    }

    void sawHead(long time) {
        if (time > head.get()) {
            head.accumulateAndGet(time, Math::max);
        }
    }

    /** A subscription has read this far. The others have not, so where there are some it is not the head of all. */
    void readTo(long time) {
        if (watchers() == 1) {
            sawHead(time);
        }
    }

    /** Reads from the store, for each subscription, what it has up to a time beyond what was sent. */
    void heal(long upTo) {
        published.incrementAndGet(); // what was read before does not count any more
        for (LoopSubscriptions loop : loops) {
            loop.lost(series.text(), upTo);
        }
    }

    /** The store did not answer one of the subscriptions: {@link HeadWatch} tries again. Told once for all of them. */
    void healFailed(Throwable failure) {
        if (healDue.compareAndSet(false, true)) {
            LOG.warn("series not healed, the store did not answer series={} cause={}", series, failure.toString());
        }
    }

    boolean takeHealDue() {
        return healDue.get() && healDue.getAndSet(false);
    }

    void watched() {
        watchers.incrementAndGet();
    }

    void unwatched() {
        watchers.decrementAndGet();
    }

    /** Subscriptions of all loops. */
    int watchers() {
        return watchers.get();
    }

    /** Called under the lock of the topic's map entry. */
    Topic with(LoopSubscriptions loop) {
        LoopSubscriptions[] more = Arrays.copyOf(loops, loops.length + 1);
        more[loops.length] = loop;
        loops = more;
        return this;
    }

    /** Called under the lock of the topic's map entry; false when no loop is left. */
    boolean without(LoopSubscriptions loop) {
        loops = Arrays.stream(loops).filter(other -> other != loop).toArray(LoopSubscriptions[]::new);
        return loops.length > 0;
    }
}

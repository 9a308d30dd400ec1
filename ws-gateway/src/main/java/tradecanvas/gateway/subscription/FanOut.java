package tradecanvas.gateway.subscription;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.bus.FeedListener;
import tradecanvas.store.api.CandleReader;

/**
 * From the feed to the event loops: an index of watched series, and one hand-over per loop and message.
 *
 * <p>Threads: {@link #publish} is called by the feed, {@link #of} by event loops.
 */
public final class FanOut implements FeedListener {
    private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);

    private final ConcurrentHashMap<String, Topic> topics = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Executor, LoopSubscriptions> loops = new ConcurrentHashMap<>();
    private final HistoryReads reads;
    private final SubscriptionSettings settings;
    private final LongAdder messages = new LongAdder();
    private final LongAdder interruptions = new LongAdder();
    private final LongAdder gapsHealed = new LongAdder();
    private final LongAdder gapsOpen = new LongAdder();
    private final LongAdder feedOverflows = new LongAdder();

    public FanOut(
            CandleReader reader, int catchUpLimit, int gapLimit, Duration readTimeout, SubscriptionSettings settings) {
        this.reads = new HistoryReads(reader, catchUpLimit, gapLimit, readTimeout);
        this.settings = settings;
    }

    @Override
    public void publish(FeedEvent event) {
        String series = event.series().text();
        Topic topic = topics.get(series);
        if (topic == null) {
            return;
        }
        messages.increment();
        Published message = Published.of(event);
        topic.published.incrementAndGet();
        for (LoopSubscriptions loop : topic.loops()) {
            loop.receive(series, message);
        }
    }

    @Override
    public void interrupted() {
        interruptions.increment();
        topics.values().forEach(FanOut::healAll);
    }

    /** Reads from the store, for each subscription, whatever it has beyond what was sent. */
    private static void healAll(Topic topic) {
        topic.published.incrementAndGet();
        for (LoopSubscriptions loop : topic.loops()) {
            loop.lost(topic.series, Long.MAX_VALUE);
        }
    }

    /**
     * The subscriptions of the sockets of an event loop.
     *
     * @param nextTurn runs a task of the loop after it has looked for input
     */
    public LoopSubscriptions of(Executor loop, Executor nextTurn) {
        return loops.computeIfAbsent(loop, key -> new LoopSubscriptions(this, key, nextTurn, settings));
    }

    /** Series with at least one subscriber. */
    public int watchedSeries() {
        return topics.size();
    }

    /** Messages of the feed that had subscribers. */
    public long messages() {
        return messages.sum();
    }

    /** Times that the feed may have lost events, each healed for every watched series. */
    public long interruptions() {
        return interruptions.sum();
    }

    /** Gaps that the store filled, at least in part. */
    public long gapsHealed() {
        return gapsHealed.sum();
    }

    /** Gaps that the store could not fill. */
    public long gapsOpen() {
        return gapsOpen.sum();
    }

    /** Messages that found the queue of an event loop full. */
    public long feedOverflows() {
        return feedOverflows.sum();
    }

    /** Store reads asked for by subscriptions. */
    public long readsAsked() {
        return reads.asked();
    }

    /** Store reads made; fewer than asked for, as equal ones are shared. */
    public long readsMade() {
        return reads.made();
    }

    HistoryReads reads() {
        return reads;
    }

    Topic join(String series, LoopSubscriptions loop) {
        return topics.compute(series, (key, topic) -> (topic == null ? new Topic(key) : topic).with(loop));
    }

    void leave(String series, LoopSubscriptions loop) {
        topics.computeIfPresent(series, (_, topic) -> topic.without(loop) ? topic : null);
    }

    void countHealing(boolean healed, @Nullable Throwable failure) {
        (healed ? gapsHealed : gapsOpen).increment();
        if (failure != null) {
            LOG.warn("gap not healed, the store did not answer", failure);
        }
    }

    void countFeedOverflow() {
        feedOverflows.increment();
    }
}

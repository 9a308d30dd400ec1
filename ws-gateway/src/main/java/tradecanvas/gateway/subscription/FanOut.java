package tradecanvas.gateway.subscription;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.bus.FeedListener;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandleReader;

/**
 * From the feed to the event loops: an index of watched series, and one hand-over per loop and message.
 *
 * <p>Threads: {@link #publish} is called by the feed, {@link #of} by event loops.
 */
public final class FanOut implements FeedListener {
    private final ConcurrentHashMap<String, Topic> topics = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Executor, LoopSubscriptions> loops = new ConcurrentHashMap<>();
    private final HistoryReads reads;
    private final HeadWatch headWatch;
    private final SubscriptionSettings settings;
    private final LongAdder messages = new LongAdder();
    private final LongAdder interruptions = new LongAdder();
    private final LongAdder gapsHealed = new LongAdder();
    private final LongAdder gapsOpen = new LongAdder();
    private final LongAdder feedOverflows = new LongAdder();

    public FanOut(CandleReader reader, HistorySettings history, SubscriptionSettings settings) {
        this.reads = new HistoryReads(reader, history);
        this.settings = settings;
        this.headWatch = new HeadWatch(topics.values(), reads, settings.watermarkGraceS());
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
        topic.publishing(event);
        for (LoopSubscriptions loop : topic.loops()) {
            loop.receive(series, message);
        }
    }

    @Override
    public void interrupted() {
        interruptions.increment();
        topics.values().forEach(topic -> topic.heal(Long.MAX_VALUE));
    }

    /**
     * Compares series that should have gone on with the store, and heals again what could not be healed.
     *
     * <p>To be called about once a second by one thread; never blocks.
     *
     * @param nowS Unix seconds
     */
    public void checkHeads(long nowS) {
        headWatch.check(nowS);
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

    @Override
    public Map<String, Integer> watchers() {
        return topics.values().stream()
                .collect(Collectors.toMap(
                        topic -> topic.series.text(),
                        Topic::watchers,
                        (_, later) -> later)); // one that is left and joined meanwhile may be met twice
    }

    /** Silent series compared with the store. */
    public long headChecks() {
        return headWatch.checks();
    }

    /** Silent series of which the store had more than was seen. */
    public long headLosses() {
        return headWatch.losses();
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

    Topic join(SeriesId series, LoopSubscriptions loop) {
        return topics.compute(series.text(), (_, topic) -> (topic == null ? new Topic(series) : topic).with(loop));
    }

    void leave(String series, LoopSubscriptions loop) {
        topics.computeIfPresent(series, (_, topic) -> topic.without(loop) ? topic : null);
    }

    void countGapHealed() {
        gapsHealed.increment();
    }

    void countGapOpen() {
        gapsOpen.increment();
    }

    void countFeedOverflow() {
        feedOverflows.increment();
    }
}

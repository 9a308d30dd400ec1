package tradecanvas.gateway.subscription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.gateway.fanout.FlushQueue;
import tradecanvas.model.series.SeriesId;

/**
 * All subscriptions of the sockets of one event loop.
 *
 * <p>Feed messages queue up to a bound and are delivered when a round of {@link FlushQueue} begins, so that what arrived
 * since the last one leaves in one write per socket. Past the bound closed candles are not queued but remembered by time
 * and healed from the store. Owner: the event loop; only {@link #receive} is called from the feed's threads.
 */
public final class LoopSubscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(LoopSubscriptions.class);

    private record Due(String series, Published message) {}

    private final FanOut fanOut;
    private final Executor loop;
    private final FlushQueue flushes;
    private final SubscriptionSettings settings;
    private final Map<String, List<Subscription>> bySeries = new HashMap<>();
    private final Map<String, List<Published>> due = new LinkedHashMap<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final ConcurrentHashMap<String, Long> lost = new ConcurrentHashMap<>();
    private final AtomicBoolean healingDue = new AtomicBoolean();

    LoopSubscriptions(FanOut fanOut, Executor loop, Executor nextTurn, SubscriptionSettings settings) {
        this.fanOut = fanOut;
        this.loop = loop;
        this.settings = settings;
        this.flushes = new FlushQueue(loop, nextTurn, this::deliver);
    }

    public FlushQueue flushes() {
        return flushes;
    }

    HistoryReads reads() {
        return fanOut.reads();
    }

    void execute(Runnable task) {
        loop.execute(task);
    }

    void countGapHealed() {
        fanOut.countGapHealed();
    }

    void countGapOpen() {
        fanOut.countGapOpen();
    }

    /** Registers the subscription, then starts its catch-up: what is published from now on is not missed. */
    Subscription add(Subscriber subscriber, SeriesId series, @Nullable Long since, boolean supportsBatch) {
        List<Subscription> list = bySeries.computeIfAbsent(series.text(), _ -> new ArrayList<>());
        Topic topic = list.isEmpty() ? fanOut.join(series, this) : list.getFirst().topic;
        Subscription subscription =
                new Subscription(this, topic, subscriber, series, since, supportsBatch, settings.heldMessagesMax());
        subscription.index = list.size();
        list.add(subscription);
        topic.watched();
        subscription.catchUp();
        return subscription;
    }

    void remove(Subscription subscription) {
        subscription.end();
        String series = subscription.series.text();
        List<Subscription> list = bySeries.get(series);
        if (list == null) {
            return;
        }
        Subscription last = list.removeLast();
        if (last != subscription) {
            list.set(subscription.index, last);
            last.index = subscription.index;
        }
        subscription.topic.unwatched();
        if (list.isEmpty()) {
            bySeries.remove(series);
            fanOut.leave(series, this);
        }
    }

    /** Takes a message of the feed. Threads: the feed's; never blocks. */
    void receive(String series, Published message) {
        boolean full = queued.incrementAndGet() > settings.feedMessagesMax();
        if (full && !(message instanceof Published.Notice)) {
            queued.decrementAndGet();
            fanOut.countFeedOverflow();
            if (message instanceof Published.Closed closed) {
                lost(series, closed.lastTime());
            }
            return;
        }
        Due next = new Due(series, message);
        loop.execute(() -> enqueue(next));
    }

    /** Closed candles up to a time may be missing: they are read from the store. Threads: any; never blocks. */
    void lost(String series, long upTo) {
        lost.merge(series, upTo, Math::max);
        if (healingDue.compareAndSet(false, true)) {
            loop.execute(this::healLost);
        }
    }

    private void enqueue(Due next) {
        due.computeIfAbsent(next.series, _ -> new ArrayList<>()).add(next.message);
        flushes.request();
    }

    private void deliver() {
        due.forEach((series, messages) -> {
            queued.addAndGet(-messages.size());
            List<Subscription> list = bySeries.get(series);
            if (list != null) {
                deliverOrHeal(series, list, messages);
            }
        });
        due.clear();
    }

    /** A failure, such as no memory for buffers, costs no other series anything; this one is read from the store. */
    private void deliverOrHeal(String series, List<Subscription> list, List<Published> messages) {
        try {
            deliver(list, messages);
        } catch (RuntimeException | OutOfMemoryError failure) {
            LOG.error("live messages not delivered series={}", series, failure);
            lost(series, Long.MAX_VALUE);
        }
    }

    private static void deliver(List<Subscription> list, List<Published> messages) {
        LiveRun run = LiveRun.of(messages, list.getFirst().series.timeframe());
        // a slow socket may end its subscriptions, which moves the last one of the list to its place
        for (int i = list.size() - 1; i >= 0; i--) {
            Subscription subscription = list.get(i);
            if (subscription.accepts(run)) {
                subscription.sendRun(run);
            } else {
                messages.forEach(subscription::receive);
            }
        }
        run.release();
    }

    private void healLost() {
        healingDue.set(false);
        for (String series : List.copyOf(lost.keySet())) {
            Long upTo = lost.remove(series);
            List<Subscription> list = bySeries.get(series);
            if (upTo != null && list != null) {
                List.copyOf(list).forEach(subscription -> subscription.onLost(upTo));
            }
        }
    }
}

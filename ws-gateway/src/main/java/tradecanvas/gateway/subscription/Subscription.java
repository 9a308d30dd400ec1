package tradecanvas.gateway.subscription;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tradecanvas.gateway.fanout.Frames;
import tradecanvas.gateway.fanout.Outlet;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.wire.ServerMessage;

/**
 * One series on one socket.
 *
 * <p>While the store is read for it (catch-up or healing of a gap) live messages are held; what does not fit into the
 * bound is read from the store afterwards. Closed candles therefore leave strictly ascending, and a step of more than a
 * timeframe only behind a {@code gap}. Owner: the event loop of the socket.
 */
final class Subscription {
    private enum State {
        READING,
        LIVE,
        ENDED
    }

    final SeriesId series;
    final Topic topic;
    /** Position in the list of the series' subscriptions. */
    int index;

    private final LoopSubscriptions loop;
    private final Subscriber subscriber;
    private final Outlet outlet;
    private final boolean supportsBatch;
    private final int heldMessagesMax;
    private State state = State.READING;
    /** Meaningless until something {@link #hasSent}. */
    private long lastSent;

    private boolean hasSent;
    private @Nullable ArrayDeque<Published> held;
    private long overflowedTo = Long.MIN_VALUE;

    Subscription(
            LoopSubscriptions loop,
            Topic topic,
            Subscriber subscriber,
            SeriesId series,
            @Nullable Long since,
            boolean supportsBatch,
            int heldMessagesMax) {
        this.loop = loop;
        this.topic = topic;
        this.subscriber = subscriber;
        this.outlet = subscriber.outlet();
        this.series = series;
        if (since != null) {
            sent(since);
        }
        this.supportsBatch = supportsBatch;
        this.heldMessagesMax = heldMessagesMax;
    }

    void catchUp() {
        Long since = lastSent();
        loop.reads()
                .catchUp(series, topic, since, supportsBatch)
                .whenComplete((history, failure) -> onLoop(() -> {
                    if (failure != null) {
                        subscriber.onHistoryUnavailable(failure);
                        return;
                    }
                    sendHistory(since, history);
                    goLive();
                }));
    }

    /** Goes on with what was read. Where that fails the socket is closed, rather than left open and silent. */
    private void onLoop(Runnable step) {
        loop.execute(() -> {
            if (state == State.ENDED) {
                return;
            }
            try {
                step.run();
            } catch (RuntimeException | OutOfMemoryError failure) {
                subscriber.onHistoryUnavailable(failure);
            }
        });
    }

    void end() {
        state = State.ENDED;
        held = null;
        outlet.dropForming(this);
    }

    /** Whether a run of messages of this loop can go out as it is. */
    boolean accepts(LiveRun run) {
        return state == State.LIVE
                && outlet.isFree()
                && (hasSent ? run.follows(lastSent, series.timeframe()) : run.isJoinable());
    }

    void sendRun(LiveRun run) {
        outlet.offerShared(run.frames(supportsBatch), run.frameCount(supportsBatch));
        if (run.hasClosed()) {
            sent(run.lastClosed());
        }
    }

    void receive(Published message) {
        if (state == State.LIVE) {
            deliver(message);
        } else if (state == State.READING) {
            hold(message);
        }
    }

    /** Closed candles up to a time were lost on the way from the feed: the store has them. */
    void onLost(long upTo) {
        if (state == State.LIVE && isNew(upTo)) {
            heal(List.of(), upTo, supportsBatch);
        } else if (state == State.READING) {
            overflowedTo = Math.max(overflowedTo, upTo);
        }
    }

    private void hold(Published message) {
        if (message instanceof Published.Forming) {
            return;
        }
        if (held == null) {
            held = new ArrayDeque<>(4);
        }
        if (message instanceof Published.Closed closed
                && (held.size() >= heldMessagesMax || overflowedTo != Long.MIN_VALUE)) {
            overflowedTo = Math.max(overflowedTo, closed.lastTime());
        } else {
            held.add(message);
        }
    }

    private void goLive() {
        if (state == State.ENDED) { // what was just sent has ended a slow socket
            return;
        }
        state = State.LIVE;
        long lostTo = overflowedTo;
        overflowedTo = Long.MIN_VALUE;
        if (lostTo != Long.MIN_VALUE && isNew(lostTo)) {
            heal(List.of(), lostTo, supportsBatch); // what is held waits: a notice goes out behind its candles
            return;
        }
        while (state == State.LIVE && held != null && !held.isEmpty()) {
            deliver(held.poll());
        }
        if (state == State.LIVE) {
            held = null;
        }
    }

    private void deliver(Published message) {
        switch (message) {
            case Published.Closed closed -> deliverClosed(closed);
            case Published.Notice notice -> outlet.offer(notice.frame(), 1);
            case Published.Forming forming -> {
                if (isNew(forming.time())) {
                    outlet.offerForming(this, forming.frame());
                }
            }
        }
    }

    private void deliverClosed(Published.Closed closed) {
        if (!isNew(closed.lastTime())) {
            return;
        }
        boolean asBatch = supportsBatch && closed.isBatch();
        List<Candle> fresh = hasSent ? DeliveryPlan.merge(List.of(), closed.candles(), lastSent) : closed.candles();
        if (closed.hasGap() || DeliveryPlan.gapBefore(series, lastSent(), fresh.getFirst()) != null) {
            heal(fresh, closed.lastTime(), asBatch);
        } else if (fresh.size() == closed.candles().size()) {
            outlet.dropForming(this);
            outlet.offer(closed.frames(supportsBatch), closed.frameCount(supportsBatch));
            sent(closed.lastTime());
        } else {
            send(fresh, asBatch);
        }
    }

    /** Reads what is missing before and between the candles, page by page, and sends all of them. */
    private void heal(List<Candle> candles, long upTo, boolean asBatch) {
        state = State.READING;
        long from =
                hasSent || candles.isEmpty() ? after() + 1 : candles.getFirst().openTime();
        loop.reads()
                .range(series, topic, from, upTo)
                .whenComplete((history, failure) -> onLoop(() -> {
                    if (failure != null) {
                        topic.healFailed(failure);
                        sendHealed(List.of(), candles, asBatch);
                        goLive();
                        return;
                    }
                    List<Candle> stored = history.candles();
                    long read = loop.reads().isFull(history) ? stored.getLast().openTime() : upTo;
                    List<Candle> beyond = DeliveryPlan.merge(List.of(), candles, read);
                    sendHealed(stored, candles.subList(0, candles.size() - beyond.size()), asBatch);
                    if (read < upTo && state != State.ENDED) {
                        heal(beyond, upTo, asBatch);
                    } else {
                        goLive();
                    }
                }));
    }

    private void sendHealed(List<Candle> stored, List<Candle> candles, boolean asBatch) {
        List<Candle> all = DeliveryPlan.merge(stored, candles, after());
        countHealing(candles, all);
        if (!all.isEmpty()) {
            send(all, asBatch);
        }
    }

    private void countHealing(List<Candle> candles, List<Candle> all) {
        if (all.size() > candles.size()) {
            loop.countGapHealed();
        } else if (!candles.isEmpty()) {
            loop.countGapOpen();
        }
    }

    /** The time behind which everything is new. */
    private long after() {
        return hasSent ? lastSent : Long.MIN_VALUE;
    }

    private void send(List<Candle> candles, boolean asBatch) {
        List<ServerMessage> messages = asBatch
                ? DeliveryPlan.batchWithGap(series, lastSent(), candles)
                : DeliveryPlan.singlesWithGaps(series, lastSent(), candles);
        outlet.dropForming(this);
        outlet.offer(Frames.encode(messages), messages.size());
        sent(candles.getLast().openTime());
        topic.readTo(lastSent);
    }

    private void sendHistory(@Nullable Long since, History history) {
        int messages = history.frameCount();
        if (!history.candles().isEmpty()) {
            ServerMessage gap = since == null || since <= 0
                    ? null
                    : DeliveryPlan.gapBefore(series, since, history.candles().getFirst());
            if (gap != null) {
                outlet.offer(Frames.encode(gap), 1);
                messages++;
            }
            outlet.offerHistory(history.frames(), history.frameCount());
            sent(history.candles().getLast().openTime());
            topic.readTo(lastSent);
        }
        subscriber.onCaughtUp(history.candles().size(), messages);
    }

    private boolean isNew(long time) {
        return !hasSent || time > lastSent;
    }

    private void sent(long time) {
        lastSent = time;
        hasSent = true;
    }

    private @Nullable Long lastSent() {
        return hasSent ? lastSent : null;
    }
}

package tradecanvas.system.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.client.SocketSwarm;
import tradecanvas.system.client.SwarmSocket;

/**
 * A client that watches one series, checks each message as it comes, and may subscribe again and again.
 *
 * <p>A message that the server must refuse marks a place in the stream: its answer stands behind the answers to all
 * messages before it. Threads: any.
 */
public final class Watcher implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final String MARK = "{\"type\":\"mark\"}";
    private static final String MARK_ANSWER =
            "{\"type\":\"error\",\"code\":\"bad_request\",\"message\":\"unknown message type: mark\"}";

    private final String series;
    private final SwarmSocket socket;
    private final ArrayDeque<Runnable> atMarks = new ArrayDeque<>();
    private boolean subscribed;
    private @Nullable HistoryChecker history;
    private @Nullable HistoryChecker replacement;
    private @Nullable String fault;

    private Watcher(SocketSwarm swarm, URI address, int receiveBufferBytes, String series) {
        this.series = series;
        this.socket = swarm.connect(address, receiveBufferBytes, this::receive);
    }

    public static Watcher connect(SocketSwarm swarm, URI address, String series) {
        return new Watcher(swarm, address, SocketSwarm.ANY_SIZE, series);
    }

    /** With few bytes of the kernel's between the server and this client. */
    public static Watcher connect(SocketSwarm swarm, URI address, int receiveBufferBytes, String series) {
        return new Watcher(swarm, address, receiveBufferBytes, series);
    }

    public SwarmSocket socket() {
        return socket;
    }

    /** Subscribes; a subscription that there was is ended first, so that it is plain to which one a message belongs. */
    public synchronized Watcher subscribe(@Nullable Long since, boolean supportsBatch) {
        if (subscribed) {
            unsubscribe();
        }
        return subscribe(new HistoryChecker(series, since), supportsBatch);
    }

    /** Goes on where the client of another connection has stopped. */
    public Watcher resume(Watcher former, boolean supportsBatch) {
        return subscribe(former.history(), supportsBatch);
    }

    private synchronized Watcher subscribe(HistoryChecker next, boolean supportsBatch) {
        mark(() -> history = next);
        socket.subscribe(series, next.lastClosed(), supportsBatch);
        subscribed = true;
        return this;
    }

    /** Subscribes over the present subscription, from before its last candle; false where it has none yet. */
    public synchronized boolean replace(int candlesBack, boolean supportsBatch) {
        Long last = history == null ? null : history.lastClosed();
        if (last == null || !atMarks.isEmpty()) {
            return false;
        }
        HistoryChecker next = new HistoryChecker(series, last - candlesBack * SeriesApi.STEP_S);
        replacement = next;
        socket.subscribe(series, next.lastClosed(), supportsBatch);
        mark(() -> {
            if (replacement != null) {
                found("no catch-up since " + next.lastClosed());
            }
        });
        return true;
    }

    public synchronized void unsubscribe() {
        socket.unsubscribe(series);
        subscribed = false;
        mark(() -> endHistory(null));
    }

    public synchronized boolean isSubscribed() {
        return subscribed;
    }

    /** What the present subscription was sent. */
    public synchronized HistoryChecker history() {
        return Objects.requireNonNull(history, "not subscribed");
    }

    /**
     * Waits until everybody who is subscribed has the newest stored candle and whatever was sent besides, then fails
     * for everything that was not as it must be.
     */
    public static void verify(Collection<Watcher> watchers, SeriesApi api) {
        List<JsonNode> stored = api.stored(0);
        long head = stored.getLast().get("candle_time").longValue();
        watchers.forEach(watcher -> watcher.awaitClosed(head));
        watchers.forEach(watcher -> watcher.mark(() -> {}));
        watchers.forEach(watcher -> waitUntil(watcher::isSettled));
        watchers.forEach(watcher -> watcher.verify(stored));
    }

    /** Waits for a closed candle, or a later one. */
    public void awaitClosed(long time) {
        waitUntil(() -> has(time));
    }

    /** Waits until the server has answered everything sent so far. */
    public void settle() {
        mark(() -> {});
        waitUntil(this::isSettled);
    }

    private static void waitUntil(java.util.concurrent.Callable<Boolean> done) {
        await().atMost(WAIT_MAX).pollDelay(Duration.ZERO).pollInterval(POLL).until(done);
    }

    private synchronized boolean has(long time) {
        Long last = history == null ? null : history.lastClosed();
        return !subscribed || (last != null && last >= time);
    }

    /** Fails for everything that was wrong so far, see {@link HistoryChecker#verify}. */
    public synchronized void verify(List<JsonNode> stored) {
        assertThat(fault).isNull();
        if (history != null) {
            history.verify(stored);
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private synchronized void mark(Runnable whenAnswered) {
        atMarks.add(whenAnswered);
        socket.send(MARK);
    }

    private synchronized boolean isSettled() {
        return atMarks.isEmpty();
    }

    private synchronized void receive(String message) {
        if (message.equals(MARK_ANSWER)) {
            atMarks.remove().run();
            return;
        }
        if (replacement != null && replacement.isBegunBy(message)) {
            endHistory(replacement);
            replacement = null;
        }
        if (history != null) {
            history.receive(message);
        } else {
            found("without a subscription: " + message);
        }
    }

    private void endHistory(@Nullable HistoryChecker next) {
        if (history != null) {
            history.violations().forEach(this::found);
        }
        history = next;
    }

    private void found(String violation) {
        if (fault == null) {
            fault = violation;
        }
    }
}

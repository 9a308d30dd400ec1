package tradecanvas.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.client.SocketSwarm;
import tradecanvas.system.client.SwarmSocket;
import tradecanvas.system.delivery.HistoryChecker;

/**
 * A client as it should be: it watches one series for ever, connects again whenever its socket ends, and goes on behind the
 * newest candle that it has. One history is checked over all its connections. Owner: its thread.
 */
final class Follower implements AutoCloseable {
    private static final int PAUSE_MS_MAX = 500;

    private final SocketSwarm swarm;
    private final URI address;
    private final int receiveBufferBytes;
    private final boolean supportsBatch;
    private final String series;
    private final HistoryChecker history;
    private final Queue<MarketSocket.Closed> ends = new ConcurrentLinkedQueue<>();
    private final Queue<String> notes = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofVirtual().unstarted(this::follow);
    private volatile @Nullable SwarmSocket socket;
    private volatile boolean ending;

    private Follower(
            SocketSwarm swarm, URI address, int receiveBufferBytes, String series, long since, boolean supportsBatch) {
        this.swarm = swarm;
        this.address = address;
        this.receiveBufferBytes = receiveBufferBytes;
        this.series = series;
        this.supportsBatch = supportsBatch;
        this.history = new HistoryChecker(series, since);
    }

    /** Begins behind {@code since}. */
    static Follower start(SocketSwarm swarm, URI address, String series, long since, boolean supportsBatch) {
        return start(swarm, address, SocketSwarm.ANY_SIZE, series, since, supportsBatch);
    }

    /** As above, with few bytes of the kernel's between the server and this client. */
    static Follower start(
            SocketSwarm swarm, URI address, int receiveBufferBytes, String series, long since, boolean supportsBatch) {
        Follower follower = new Follower(swarm, address, receiveBufferBytes, series, since, supportsBatch);
        follower.thread.start();
        return follower;
    }

    String series() {
        return series;
    }

    boolean has(long time) {
        Long last = history.lastClosed();
        return last != null && last >= time;
    }

    boolean isConnected() {
        SwarmSocket now = socket;
        return now != null && !now.isClosed();
    }

    /** How its connections ended so far. */
    List<MarketSocket.Closed> ends() {
        return List.copyOf(ends);
    }

    int gaps() {
        return history.gaps();
    }

    /** Leaves unread what comes, until it connects again. */
    void stopReading() {
        SwarmSocket now = socket;
        if (now != null) {
            now.stopReading();
        }
    }

    void readOn() {
        SwarmSocket now = socket;
        if (now != null) {
            now.readOn();
        }
    }

    /** Fails for everything that was wrong so far, see {@link HistoryChecker#verify}. */
    void verify(List<JsonNode> stored) {
        assertThat(notes).as("messages that no subscriber expects").isEmpty();
        history.verify(stored);
        assertThat(history.gaps()).as("gaps announced in a series without any").isZero();
    }

    @Override
    public void close() {
        ending = true;
        SwarmSocket now = socket;
        if (now != null) {
            now.close();
        }
        thread.interrupt();
    }

    private void follow() {
        while (!ending) {
            try {
                ends.add(followOnce().whenClosed().get());
            } catch (UncheckedIOException refused) {
                // the balancer has nobody to give it to, or the connection ended in between
            } catch (ExecutionException failure) {
                notes.add(failure.toString());
            } catch (InterruptedException ended) {
                return;
            }
            pause();
        }
    }

    private SwarmSocket followOnce() {
        SwarmSocket opened = swarm.connect(address, receiveBufferBytes, this::receive);
        history.resumed();
        socket = opened;
        opened.subscribe(series, history.lastClosed(), supportsBatch);
        return opened;
    }

    private void receive(String message) {
        if (message.startsWith("{\"type\":\"error\"")) {
            notes.add(message);
        } else {
            history.receive(message);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MS_MAX));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}

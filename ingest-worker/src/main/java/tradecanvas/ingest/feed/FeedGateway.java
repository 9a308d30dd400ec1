package tradecanvas.ingest.feed;

import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connected gateway.
 *
 * <p>Threads: any may offer and end, in the order in which it must leave; what is done to the socket is done on its loop, in
 * that order.
 */
final class FeedGateway {
    private static final short SLOW = 1013;

    /**
     * A close frame stands behind all that waits, so a gateway that does not read never gets it and is cut; the listener's
     * time for the answer begins when the frame has left.
     */
    private static final long CLOSE_MS_MAX = 2_000;

    private final String name;
    private final ServerWebSocket socket;
    private final Context loop;
    private final Channel channel;
    private final long waitingBytesMax;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean wantsEvents;

    /** Owner: the loop. */
    private long heardAt;

    FeedGateway(String name, ServerWebSocket socket, Context loop, Channel channel, long waitingBytesMax, long now) {
        this.name = name;
        this.socket = socket;
        this.loop = loop;
        this.channel = channel;
        this.waitingBytesMax = waitingBytesMax;
        this.heardAt = now;
    }

    String name() {
        return name;
    }

    boolean wantsEvents() {
        return wantsEvents && !ended.get();
    }

    void wantEvents(boolean wanted) {
        wantsEvents = wanted;
    }

    /**
     * Sends a text of ASCII characters.
     *
     * @return false where the gateway is closed, because of this as well
     */
    boolean offer(String text) {
        if (ended.get()) {
            return false;
        }
        long before = waitingBytes.getAndAdd(text.length());
        if (before > 0 && before + text.length() > waitingBytesMax) {
            waitingBytes.addAndGet(-text.length());
            return false;
        }
        loop.runOnContext(_ -> write(text));
        return true;
    }

    /** Ends the gateway that could not be offered something; true the first time. */
    boolean endSlow() {
        return end(SLOW, "slow_consumer");
    }

    /** Closes behind what was offered; nothing is offered any more. True the first time. */
    boolean end(short code, String reason) {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            loop.runOnContext(_ -> {
                var _ = socket.close(code, reason);
                loop.owner().setTimer(CLOSE_MS_MAX, _ -> {
                    var _ = channel.close();
                });
            });
        }
        return first;
    }

    boolean isEnded() {
        return ended.get();
    }

    long waitingBytes() {
        return waitingBytes.get();
    }

    void heard(long now) {
        heardAt = now;
    }

    /** Asks for a sign of life, and returns the nanoseconds since the last one. */
    long ping(long now) {
        if (!socket.isClosed()) {
            var _ = socket.writePing(Buffer.buffer(Long.toString(now)));
        }
        return now - heardAt;
    }

    private void write(String text) {
        if (socket.isClosed()) {
            waitingBytes.addAndGet(-text.length());
            return;
        }
        // one frame whatever its size; writeTextMessage would cut it by the bound of frames that come in
        socket.writeFrame(WebSocketFrame.textFrame(text, true)).onComplete(_ -> waitingBytes.addAndGet(-text.length()));
    }
}

package tradecanvas.gateway.fanout;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The bounded outgoing side of one socket.
 *
 * <p>Frames go straight to the channel's own queue, below all handlers of its pipeline, which would look at each frame and
 * find nothing to do. They wait there until {@link FlushQueue} flushes them together. At the bound the socket is closed as slow; only forming updates may be replaced by newer ones before that.
 * Owner: the event loop of the channel.
 */
public final class Outlet {
    private final Channel channel;
    private final FlushQueue flushes;
    private final FanOutMetrics metrics;
    private final int queueBytesMax;
    private final Runnable onSlow;
    private final Map<Object, byte[]> waitingForming = new LinkedHashMap<>(0);
    private boolean flushDue;
    private boolean closed;

    /**
     * @param queueBytesMax bytes that may wait for the socket; at this bound {@code onSlow} is run once
     */
    public Outlet(Channel channel, FlushQueue flushes, FanOutMetrics metrics, int queueBytesMax, Runnable onSlow) {
        this.channel = channel;
        this.flushes = flushes;
        this.metrics = metrics;
        this.queueBytesMax = queueBytesMax;
        this.onSlow = onSlow;
    }

    /** Whether everything offered so far is on its way, so that a burst may follow. */
    public boolean isFree() {
        return waitingForming.isEmpty() && channel.isWritable();
    }

    /** Queues frames that must arrive while the socket is open. */
    public void offer(byte[] frames, int frameCount) {
        if (admits(frames.length)) {
            write(channel.alloc().directBuffer(frames.length).writeBytes(frames), frameCount);
        }
    }

    /** As {@link #offer}, of a buffer that many sockets write; the caller keeps its reference. */
    public void offerShared(ByteBuf frames, int frameCount) {
        if (admits(frames.readableBytes())) {
            write(frames.retainedDuplicate(), frameCount);
        }
    }

    /** Queues a catch-up. It does not count against the bound, as its size has a bound of its own. */
    public void offerHistory(ByteBuf frames, int frameCount) {
        if (!closed) {
            write(frames.retainedDuplicate(), frameCount);
        }
    }

    /** Queues a forming update; while the socket is full only the newest one per key waits. */
    public void offerForming(Object key, byte[] frame) {
        if (closed) {
            return;
        }
        if (isFree()) {
            offer(frame, 1);
        } else if (waitingForming.put(key, frame) != null) {
            metrics.countConflated();
        }
    }

    /** Forgets a forming update that waits, because a closed candle or an unsubscribe has overtaken it. */
    public void dropForming(Object key) {
        if (!waitingForming.isEmpty() && waitingForming.remove(key) != null) {
            metrics.countConflated();
        }
    }

    /** To be called when the channel can take more. */
    public void onWritable() {
        var waiting = waitingForming.values().iterator();
        while (!closed && waiting.hasNext() && channel.isWritable()) {
            byte[] frame = waiting.next();
            waiting.remove();
            offer(frame, 1);
        }
    }

    /** Nothing is accepted from now on. */
    public void close() {
        closed = true;
        waitingForming.clear();
    }

    /** Bytes that wait for the socket. */
    public long queuedBytes() {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }

    void flush() {
        flushDue = false;
        channel.unsafe().flush();
    }

    private boolean admits(int bytes) {
        if (closed) {
            return false;
        }
        if (queuedBytes() + bytes > queueBytesMax) {
            close();
            metrics.countSlowClose();
            onSlow.run();
            return false;
        }
        return true;
    }

    private void write(ByteBuf frames, int frameCount) {
        metrics.countSent(frameCount, frames.readableBytes());
        channel.unsafe().write(frames, channel.voidPromise());
        if (!flushDue) {
            flushDue = true;
            flushes.add(this);
        }
    }
}

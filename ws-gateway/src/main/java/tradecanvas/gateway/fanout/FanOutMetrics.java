package tradecanvas.gateway.fanout;

import java.util.concurrent.atomic.LongAdder;

/** What the fan-out counts. Threads: any; the figures only grow. */
public final class FanOutMetrics {
    private final LongAdder sent = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder conflated = new LongAdder();
    private final LongAdder slowCloses = new LongAdder();

    void countSent(int frames, int bytes) {
        sent.add(frames);
        sentBytes.add(bytes);
    }

    void countConflated() {
        conflated.increment();
    }

    void countSlowClose() {
        slowCloses.increment();
    }

    /** Frames handed to a socket. */
    public long sent() {
        return sent.sum();
    }

    /** Bytes handed to a socket. */
    public long sentBytes() {
        return sentBytes.sum();
    }

    /** Forming updates replaced by a newer one because their socket was full. */
    public long conflated() {
        return conflated.sum();
    }

    /** Sockets closed because their queue was full. */
    public long slowCloses() {
        return slowCloses.sum();
    }
}

package tradecanvas.gateway.subscription;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.series.Timeframe;

/**
 * Live messages of one series that wait on one event loop, joined into one write for all subscribers that are up to
 * date. Owner: the event loop.
 */
final class LiveRun {
    private final List<Published> messages;
    private final boolean joinable;
    private final long firstClosed;
    private final long lastClosed;
    private final long earliestForming;
    private final boolean hasClosed;
    private final int singleFrameCount;
    private final int batchFrameCount;
    private @Nullable ByteBuf singles;
    private @Nullable ByteBuf batches;

    private LiveRun(List<Published> messages, Scan scan) {
        this.messages = messages;
        this.joinable = scan.joinable;
        this.firstClosed = scan.firstClosed;
        this.lastClosed = scan.lastClosed;
        this.earliestForming = scan.earliestForming;
        this.hasClosed = scan.hasClosed;
        this.singleFrameCount = scan.singleFrameCount;
        this.batchFrameCount = scan.batchFrameCount;
    }

    static LiveRun of(List<Published> messages, Timeframe timeframe) {
        Scan scan = new Scan(timeframe);
        messages.forEach(scan::add);
        return new LiveRun(messages, scan);
    }

    /** Whether a subscriber that was never sent anything can be sent the whole run unchanged. */
    boolean isJoinable() {
        return joinable;
    }

    /** Whether a subscriber that was last sent this time can be sent the whole run unchanged. */
    boolean follows(long lastSent, Timeframe timeframe) {
        return joinable
                && earliestForming > lastSent
                && (!hasClosed || (firstClosed > lastSent && firstClosed <= timeframe.next(lastSent)));
    }

    boolean hasClosed() {
        return hasClosed;
    }

    long lastClosed() {
        return lastClosed;
    }

    int frameCount(boolean supportsBatch) {
        return supportsBatch ? batchFrameCount : singleFrameCount;
    }

    ByteBuf frames(boolean supportsBatch) {
        if (supportsBatch && batchFrameCount != singleFrameCount) {
            if (batches == null) {
                batches = join(true);
            }
            return batches;
        }
        if (singles == null) {
            singles = join(false);
        }
        return singles;
    }

    void release() {
        if (singles != null) {
            singles.release();
        }
        if (batches != null) {
            batches.release();
        }
    }

    private ByteBuf join(boolean supportsBatch) {
        ByteBuf joined = ByteBufAllocator.DEFAULT.directBuffer();
        for (Published message : messages) {
            joined.writeBytes(
                    switch (message) {
                        case Published.Closed closed -> closed.frames(supportsBatch);
                        case Published.Forming forming -> forming.frame();
                        case Published.Notice notice -> notice.frame();
                    });
        }
        return joined;
    }

    /** Finds out whether the messages follow each other without gap, repetition or forming behind its close. */
    private static final class Scan {
        private final Timeframe timeframe;
        private boolean joinable = true;
        private boolean hasClosed;
        private int singleFrameCount;
        private int batchFrameCount;
        private long firstClosed;
        private long lastClosed;
        private long earliestForming = Long.MAX_VALUE;

        Scan(Timeframe timeframe) {
            this.timeframe = timeframe;
        }

        void add(Published message) {
            singleFrameCount++;
            batchFrameCount++;
            switch (message) {
                case Published.Notice _ -> {}
                case Published.Forming forming -> {
                    if (!hasClosed) {
                        earliestForming = Math.min(earliestForming, forming.time());
                    } else if (forming.time() <= lastClosed) {
                        joinable = false;
                    }
                }
                case Published.Closed closed -> add(closed);
            }
        }

        private void add(Published.Closed closed) {
            if (closed.hasGap()
                    || (hasClosed
                            && (closed.firstTime() <= lastClosed || closed.firstTime() > timeframe.next(lastClosed)))) {
                joinable = false;
            }
            if (!hasClosed) {
                hasClosed = true;
                firstClosed = closed.firstTime();
            }
            lastClosed = closed.lastTime();
            singleFrameCount += closed.frameCount(false) - 1;
        }
    }
}

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
    private @Nullable ByteBuf singles;
    private @Nullable ByteBuf batches;

    private LiveRun(List<Published> messages, Scan scan) {
        this.messages = messages;
        this.joinable = scan.joinable;
        this.firstClosed = scan.firstClosed;
        this.lastClosed = scan.lastClosed;
        this.earliestForming = scan.earliestForming;
        this.hasClosed = scan.hasClosed;
    }

    static LiveRun of(List<Published> messages, Timeframe timeframe) {
        Scan scan = new Scan(timeframe);
        messages.forEach(scan::add);
        return new LiveRun(messages, scan);
    }

    /** Whether a subscriber that was last sent this time can be sent the whole run unchanged. */
    boolean follows(@Nullable Long lastSent, Timeframe timeframe) {
        if (!joinable) {
            return false;
        }
        if (lastSent == null) {
            return true;
        }
        return earliestForming > lastSent
                && (!hasClosed || (firstClosed > lastSent && firstClosed <= timeframe.next(lastSent)));
    }

    boolean hasClosed() {
        return hasClosed;
    }

    long lastClosed() {
        return lastClosed;
    }

    int frameCount(boolean supportsBatch) {
        int count = 0;
        for (Published message : messages) {
            count += message instanceof Published.Closed closed ? closed.frameCount(supportsBatch) : 1;
        }
        return count;
    }

    ByteBuf frames(boolean supportsBatch) {
        if (supportsBatch && messages.stream().anyMatch(LiveRun::isBatch)) {
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

    private static boolean isBatch(Published message) {
        return message instanceof Published.Closed closed && closed.isBatch();
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
        private long firstClosed;
        private long lastClosed;
        private long earliestForming = Long.MAX_VALUE;

        Scan(Timeframe timeframe) {
            this.timeframe = timeframe;
        }

        void add(Published message) {
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
        }
    }
}

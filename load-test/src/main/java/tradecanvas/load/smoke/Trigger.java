package tradecanvas.load.smoke;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The candles that the smoke ingests and when the clock of each started.
 *
 * <p>Units: Unix seconds and {@link System#nanoTime}. Threads: any.
 */
final class Trigger {
    private static final long NOT_STARTED = Long.MIN_VALUE;

    private final long firstTime;
    private final long stepSeconds;
    private final AtomicLongArray startNanos;

    Trigger(long firstTime, long stepSeconds, int count) {
        this.firstTime = firstTime;
        this.stepSeconds = stepSeconds;
        this.startNanos = new AtomicLongArray(count);
        for (int i = 0; i < count; i++) {
            startNanos.set(i, NOT_STARTED);
        }
    }

    int count() {
        return startNanos.length();
    }

    /** Which candle has this time, -1 if none. */
    int indexOf(long time) {
        long distance = time - firstTime;
        if (distance < 0 || distance % stepSeconds != 0 || distance / stepSeconds >= count()) {
            return -1;
        }
        return (int) (distance / stepSeconds);
    }

    /** Starts the clock of a candle, just before it is posted. */
    void start(int index) {
        startNanos.set(index, System.nanoTime());
    }

    /** Empty before the start. */
    OptionalLong startNanos(int index) {
        long nanos = startNanos.get(index);
        return nanos == NOT_STARTED ? OptionalLong.empty() : OptionalLong.of(nanos);
    }
}

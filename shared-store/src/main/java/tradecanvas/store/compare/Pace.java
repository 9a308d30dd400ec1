package tradecanvas.store.compare;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Keeps to so many rows a second by pausing behind the rows that were too fast. Owner: one comparison. */
final class Pace {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    /** What a slow time left unused must not all be caught up at once. */
    private static final long CREDIT_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(200);

    private final long rowsPerSecondMax;
    private final LongSupplier nanoClock;
    private long startNanos;
    /** When the rows that have passed should have, at this pace. */
    private long dueNanos;

    Pace(long rowsPerSecondMax, LongSupplier nanoClock) {
        this.rowsPerSecondMax = rowsPerSecondMax;
        this.nanoClock = nanoClock;
        start();
    }

    void start() {
        startNanos = nanoClock.getAsLong();
        dueNanos = startNanos;
    }

    /** Pauses as long as these rows should have taken longer than they did. */
    void passed(long rows) throws InterruptedException {
        if (rowsPerSecondMax == 0) {
            return;
        }
        long now = nanoClock.getAsLong();
        long earliest = now - CREDIT_NANOS_MAX;
        dueNanos = dueNanos - earliest < 0 ? earliest : dueNanos;
        dueNanos += (long) (rows * NANOS_PER_SECOND / rowsPerSecondMax);
        if (dueNanos - now > 0) {
            Thread.sleep(Duration.ofNanos(dueNanos - now));
        }
    }

    /** So many since the start, a second. */
    double perSecond(long rows) {
        long elapsed = nanoClock.getAsLong() - startNanos;
        return elapsed <= 0 ? 0 : rows * NANOS_PER_SECOND / elapsed;
    }
}

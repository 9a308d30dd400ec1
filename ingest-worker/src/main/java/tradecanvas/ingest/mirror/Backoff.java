package tradecanvas.ingest.mirror;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits between attempts: doubling up to a bound, each between half and all of its length. Owner: one thread. */
final class Backoff {
    private static final int FIRST_SHARE = 100;

    private final Duration max;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration max, RandomGenerator random) {
        this.max = max;
        this.random = random;
        this.next = first();
    }

    /** How long to wait before the next attempt. */
    Duration next() {
        long full = next.toNanos();
        next = next.multipliedBy(2).compareTo(max) < 0 ? next.multipliedBy(2) : max;
        return Duration.ofNanos(full / 2 + random.nextLong(full / 2 + 1));
    }

    /** An attempt succeeded. */
    void reset() {
        next = first();
    }

    private Duration first() {
        return max.dividedBy(FIRST_SHARE);
    }
}

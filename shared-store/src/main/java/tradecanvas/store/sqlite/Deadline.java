package tradecanvas.store.sqlite;

import java.time.Duration;

/** The end of a wait that several steps share. */
record Deadline(long atNanos) {
    static Deadline in(Duration wait) {
        return new Deadline(System.nanoTime() + wait.toNanos());
    }

    /** At least 1: an end that has passed still lets what is over already be seen as over. */
    Duration left() {
        return Duration.ofNanos(Math.max(1, atNanos - System.nanoTime()));
    }
}

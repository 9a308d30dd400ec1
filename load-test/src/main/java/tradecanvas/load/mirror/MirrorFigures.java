package tradecanvas.load.mirror;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/** Rows that went one way in one round, and how long they took. */
record MirrorFigures(
        @JsonProperty("rows") long rows,
        @JsonProperty("seconds") double seconds) {
    static MirrorFigures of(long rows, Duration elapsed) {
        return new MirrorFigures(rows, elapsed.toNanos() / 1e9);
    }

    /** NaN where nothing was left to write. */
    @JsonProperty("rows_per_s")
    double rowsPerSecond() {
        return rows == 0 ? Double.NaN : rows / seconds;
    }

    String line() {
        return String.format("%,.0f rows/s (%,d rows in %.2f s)", rowsPerSecond(), rows, seconds);
    }
}

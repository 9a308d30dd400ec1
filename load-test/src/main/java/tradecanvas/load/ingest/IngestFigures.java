package tradecanvas.load.ingest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * One way of writing, one round. The latency is that of a request or a commit, however many rows it carries.
 *
 * @param everywhereRowsPerSecond the rate at which rows were in every store that they go to: where that is two, until the
 *     mirror had the last one, else the same as {@code rowsPerSecond}
 */
record IngestFigures(
        @JsonProperty("rows_per_s") double rowsPerSecond,
        @JsonProperty("everywhere_rows_per_s") double everywhereRowsPerSecond,
        @JsonProperty("p50_ms") double p50Ms,
        @JsonProperty("p99_ms") double p99Ms) {
    static IngestFigures of(long rows, Duration elapsed, Histogram latencyMicros) {
        double rate = rows / (elapsed.toNanos() / 1e9);
        return new IngestFigures(
                rate,
                rate,
                latencyMicros.getValueAtPercentile(50) / 1_000.0,
                latencyMicros.getValueAtPercentile(99) / 1_000.0);
    }

    /** The same, when the mirror had all rows only {@code late} after the last was acknowledged. */
    IngestFigures mirroredLater(long rows, Duration late) {
        double seconds = rows / rowsPerSecond + late.toNanos() / 1e9;
        return new IngestFigures(rowsPerSecond, rows / seconds, p50Ms, p99Ms);
    }
}

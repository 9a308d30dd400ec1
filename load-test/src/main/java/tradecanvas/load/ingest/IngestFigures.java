package tradecanvas.load.ingest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** One way of writing, one round. The latency is that of a request or a commit, however many rows it carries. */
record IngestFigures(
        @JsonProperty("rows_per_s") double rowsPerSecond,
        @JsonProperty("p50_ms") double p50Ms,
        @JsonProperty("p99_ms") double p99Ms) {
    static IngestFigures of(long rows, Duration elapsed, Histogram latencyMicros) {
        return new IngestFigures(
                rows / (elapsed.toNanos() / 1e9),
                latencyMicros.getValueAtPercentile(50) / 1_000.0,
                latencyMicros.getValueAtPercentile(99) / 1_000.0);
    }
}

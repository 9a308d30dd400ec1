package tradecanvas.ingest.http;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.ingest.pipeline.PipelineException;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.runtime.debug.DebugEvent;
import tradecanvas.runtime.debug.DebugEvents;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.metrics.RuntimeMetrics;
import tradecanvas.store.api.StoreOverloadedException;

/** Tells metrics, debug events and the poster how a post went. Threads: any. */
@Singleton
final class IngestReport {
    private static final Logger LOG = LoggerFactory.getLogger(IngestReport.class);

    private final RuntimeMetrics metrics;
    private final DebugEvents events;

    IngestReport(RuntimeMetrics metrics, DebugEvents events) {
        this.metrics = metrics;
        this.events = events;
    }

    /** A post of one candle begins. */
    Post single(SeriesId series, long candleTime) {
        return begin(
                "write.http.ingest_candle_closed",
                "market_ingest_closed",
                series,
                candleTime,
                Map.of("candle_time", candleTime));
    }

    /** A post of many candles begins. */
    Post batch(SeriesCandles run) {
        long last = run.last().openTime();
        return begin(
                "write.http.ingest_candles_closed_batch",
                "market_ingest_closed_batch",
                run.series(),
                last,
                Map.of("count", run.candles().size(), "last_candle_time", last));
    }

    /** One post between its begin and its answer. */
    final class Post {
        private final String event;
        private final String metric;
        private final SeriesId series;
        private final long lastTime;
        private final Map<String, ?> data;
        private final long startedNanos = System.nanoTime();

        private Post(String event, String metric, SeriesId series, long lastTime, Map<String, ?> data) {
            this.event = event;
            this.metric = metric;
            this.series = series;
            this.lastTime = lastTime;
            this.data = data;
        }

        /** The answer of the post, or the error that says why there is none. */
        Response end(@Nullable Throwable failure, Supplier<Response> answer) {
            if (failure == null) {
                metrics.count(metric + "_requests_total", "result", "ok");
                metrics.timeSince(metric + "_duration_ms", startedNanos, "result", "ok");
                metrics.gauge("market_ingest_last_candle_time", (double) lastTime, "series_id", series.text());
                events.write(event + "_done", series.text(), "candles stored and published", data);
                return answer.get();
            }
            Throwable cause = unwrap(failure);
            HttpError error = toHttp(cause);
            String step = cause instanceof PipelineException stopped ? stopped.step() : "admission";
            metrics.count(metric + "_requests_total", "result", "error", "step", step);
            metrics.timeSince(metric + "_duration_ms", startedNanos, "result", "error");
            events.emit(
                    DebugEvent.Pipe.WRITE,
                    DebugEvent.Level.ERROR,
                    event + "_error",
                    series.text(),
                    error.detail(),
                    data);
            throw error;
        }
    }

    private Post begin(String event, String metric, SeriesId series, long lastTime, Map<String, ?> data) {
        events.write(event + "_start", series.text(), "candles accepted", data);
        return new Post(event, metric, series, lastTime, data);
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static HttpError toHttp(Throwable cause) {
        return switch (cause) {
            case StoreOverloadedException _ -> new HttpError(503, "ingest_overloaded");
            case PipelineException stopped -> {
                LOG.error("ingest failed step={}", stopped.step(), stopped);
                yield new HttpError(500, String.valueOf(stopped.getMessage()));
            }
            default -> {
                LOG.error("ingest failed", cause);
                yield new HttpError(500, "internal_error");
            }
        };
    }
}

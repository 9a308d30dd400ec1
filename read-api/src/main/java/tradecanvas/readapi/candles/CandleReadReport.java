package tradecanvas.readapi.candles;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.runtime.debug.DebugEvents;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.metrics.RuntimeMetrics;
import tradecanvas.store.api.StoreOverloadedException;
import tradecanvas.store.api.StoreUnavailableException;

/** Tells metrics and debug events how a read of candles went. Threads: any. */
@Singleton
final class CandleReadReport {
    private static final Logger LOG = LoggerFactory.getLogger(CandleReadReport.class);

    private final RuntimeMetrics metrics;
    private final DebugEvents events;
    private final InstantSource clock;

    CandleReadReport(RuntimeMetrics metrics, DebugEvents events, InstantSource clock) {
        this.metrics = metrics;
        this.events = events;
        this.clock = clock;
    }

    Read begin(String series) {
        return new Read(series, System.nanoTime());
    }

    /** One read between its begin and its answer. */
    final class Read {
        private final String series;
        private final long startedNanos;

        private Read(String series, long startedNanos) {
            this.series = series;
            this.startedNanos = startedNanos;
        }

        /** The page, or the error that says why there is none. */
        EncodedPage end(@Nullable EncodedPage page, @Nullable Throwable failure) {
            if (page == null) {
                count("error");
                throw refusal(series, failure);
            }
            count("ok");
            Long head = page.head();
            if (head != null) { // a gauge for each id that anybody asks for would have no bound
                metrics.gauge("market_query_candles_result_count", page.count(), "series_id", series);
                metrics.gauge("market_query_head_time", head.doubleValue(), "series_id", series);
                long lag = Math.max(0, clock.instant().getEpochSecond() - head);
                metrics.gauge("market_query_head_lag_seconds", (double) lag, "series_id", series);
            }
            if (events.enabled()) {
                events.read("read.http.market_candles", series, "candles read", Map.of("count", page.count()));
            }
            return page;
        }

        private void count(String result) {
            metrics.count("market_query_candles_requests_total", "result", result);
            metrics.timeSince("market_query_candles_duration_ms", startedNanos, "result", result);
        }
    }

    /** What the edge answers for; it knows stores that cannot answer now, and everything else is logged here. */
    private static RuntimeException refusal(String series, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case StoreOverloadedException overloaded -> overloaded;
            case StoreUnavailableException unavailable -> unavailable;
            case null, default -> {
                LOG.error("candles not read series={}", series, cause);
                yield new HttpError(500, "internal_error");
            }
        };
    }
}

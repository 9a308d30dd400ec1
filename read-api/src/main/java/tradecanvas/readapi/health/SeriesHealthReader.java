package tradecanvas.readapi.health;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.series.Timeframe;
import tradecanvas.readapi.health.SeriesHealth.BaseBucket;
import tradecanvas.store.api.CandleReader;

/** Asks the store what {@link SeriesHealth} shows. Units: Unix seconds. Threads: any. */
@Singleton
final class SeriesHealthReader {
    private static final long BASE_SECONDS = 60;
    private static final String BASE_TIMEFRAME = "1m";

    private final CandleReader reader;

    SeriesHealthReader(CandleReader reader) {
        this.reader = reader;
    }

    CompletionStage<SeriesHealth> read(SeriesId series, long now, int gapsMax, int bucketsMax) {
        String text = series.text();
        SeriesId base = SeriesId.parse(text.substring(0, text.lastIndexOf(':') + 1) + BASE_TIMEFRAME);
        return reader.extent(series)
                .thenCombine(
                        reader.gaps(series, gapsMax),
                        (extent, gaps) -> new SeriesHealth(series, now, extent, gaps, base.text(), List.of()))
                .thenCombine(
                        buckets(series, base, bucketsMax),
                        (health, buckets) ->
                                new SeriesHealth(series, now, health.extent(), health.gaps(), base.text(), buckets));
    }

    private CompletionStage<List<BaseBucket>> buckets(SeriesId series, SeriesId base, int bucketsMax) {
        long seconds = series.timeframe().seconds();
        if (seconds <= BASE_SECONDS) {
            return CompletableFuture.completedStage(List.of());
        }
        return reader.extent(base).thenCompose(extent -> {
            Long head = extent.head();
            return head == null || head < 0
                    ? CompletableFuture.completedStage(List.of())
                    : count(base, series.timeframe(), head / seconds, bucketsMax);
        });
    }

    /** Counts in buckets, as times near the end of their range would overflow. */
    private CompletionStage<List<BaseBucket>> count(SeriesId base, Timeframe timeframe, long newest, int bucketsMax) {
        CompletionStage<List<BaseBucket>> counted = CompletableFuture.completedStage(new ArrayList<>());
        long expected = timeframe.seconds() / BASE_SECONDS;
        for (long bucket = Math.max(0, newest - bucketsMax + 1); bucket <= newest; bucket++) {
            long from = bucket * timeframe.seconds();
            counted = counted.thenCombine(reader.count(base, from, timeframe.next(from) - 1), (buckets, actual) -> {
                buckets.add(new BaseBucket(from, expected, actual));
                return buckets;
            });
        }
        return counted;
    }
}

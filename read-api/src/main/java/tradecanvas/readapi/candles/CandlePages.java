package tradecanvas.readapi.candles;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.SeriesVersions;

/**
 * Reads pages of candles and encodes them; equal reads of a series that has not changed share one answer, also while it is
 * being read.
 *
 * <p>The version of the series is a part of the key, so a change makes older answers unreachable before it is answered or
 * published. Where versions are not known nothing is shared. Threads: any.
 */
@Singleton
final class CandlePages {
    private record Key(SeriesId series, long version, OptionalLong since, int limit) {}

    private final CandleReader reader;
    private final SeriesVersions versions;
    private final AsyncCache<Key, EncodedPage> cache;

    CandlePages(CandleReader reader, SeriesVersions versions, PageCacheConfig config) {
        this.reader = reader;
        this.versions = versions;
        cache = Caffeine.newBuilder()
                .maximumWeight(config.readCacheBytesMax())
                .weigher((Key key, EncodedPage page) -> page.weight())
                .expireAfterWrite(Duration.ofMillis(config.readCacheMs()))
                .executor(Runnable::run)
                .buildAsync();
    }

    /** The newest candles, or the oldest after {@code since}, as the body of an answer. */
    CompletionStage<EncodedPage> read(SeriesId series, OptionalLong since, int limit) {
        OptionalLong version = versions.of(series); // before the read, which then gives at least this state
        return version.isEmpty()
                ? load(series, since, limit)
                : cache.get(
                        new Key(series, version.getAsLong(), since, limit),
                        (key, _) -> load(series, since, limit).toCompletableFuture());
    }

    private CompletionStage<EncodedPage> load(SeriesId series, OptionalLong since, int limit) {
        CompletionStage<CandlePage> page =
                since.isPresent() ? reader.after(series, since.getAsLong(), limit) : reader.newest(series, limit);
        return page.thenApply(loaded -> EncodedPage.of(series.text(), loaded));
    }
}

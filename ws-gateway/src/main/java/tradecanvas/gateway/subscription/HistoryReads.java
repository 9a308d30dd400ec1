package tradecanvas.gateway.subscription;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.CandleReader;

/**
 * Store reads for subscriptions; those who ask the same at about the same time share one.
 *
 * <p>Two reads are the same only if no candle was published on the series between them, see {@link Topic}: what an older
 * answer lacks then, its reader gets live. Threads: any; results come on the store's threads and are framed there.
 */
final class HistoryReads {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryReads.class);

    private record Key(Topic topic, long published, String kind, long from, long to, boolean asBatch) {}

    private final CandleReader reader;
    private final HistorySettings settings;
    private final ReadGate gate;
    private final AsyncCache<Key, History> shared;
    private final LongAdder asked = new LongAdder();
    private final LongAdder made = new LongAdder();

    HistoryReads(CandleReader reader, HistorySettings settings) {
        this.reader = reader;
        this.settings = settings;
        this.gate = new ReadGate(settings.readsMax());
        this.shared = Caffeine.newBuilder()
                .executor(Runnable::run)
                .expireAfterWrite(settings.sharedFor())
                .maximumWeight(settings.sharedBytesMax())
                .<Key, History>weigher((_, history) -> history.bytes())
                .buildAsync();
    }

    /** What a new subscription must be sent first: the newest candles, or those after {@code since}. */
    CompletionStage<History> catchUp(SeriesId series, Topic topic, @Nullable Long since, boolean asBatch) {
        if (since == null) {
            Key key = new Key(topic, topic.published(), "newest", 0, 0, asBatch);
            return once(
                    key,
                    () -> reader.newest(series, settings.catchUpLimit())
                            .thenApply(page -> History.framed(series, page.candles(), asBatch)));
        }
        Key key = new Key(topic, topic.published(), "after", since, 0, asBatch);
        return once(
                key,
                () -> reader.after(series, since, settings.catchUpLimit())
                        .thenApply(page -> History.framed(series, page.candles(), asBatch)));
    }

    /** What the store holds in the closed range, oldest first, up to {@link HistorySettings#gapLimit}. */
    CompletionStage<History> range(SeriesId series, Topic topic, long from, long to) {
        Key key = new Key(topic, topic.published(), "range", from, to, false);
        return once(
                key, () -> reader.range(series, from, to, settings.gapLimit()).thenApply(History::unframed));
    }

    /** Whether there may be more in a range than was read of it. */
    boolean isFull(History history) {
        return history.candles().size() >= settings.gapLimit();
    }

    /** The time of the newest closed candle in the store, null in an empty series. */
    CompletionStage<@Nullable Long> head(SeriesId series) {
        return timed(gate.run(() -> reader.newest(series, 1))).thenApply(CandlePage::head);
    }

    /** Reads asked for by subscriptions. */
    long asked() {
        return asked.sum();
    }

    /** Reads made of the store. */
    long made() {
        return made.sum();
    }

    @SuppressWarnings("ReferenceEquality") // it asks whether the cache took this very future
    private CompletionStage<History> once(Key key, Supplier<CompletionStage<History>> read) {
        asked.increment();
        CompletableFuture<History> mine = new CompletableFuture<>();
        CompletableFuture<History> first = shared.get(key, (_, _) -> mine);
        if (first == mine) { // begun here, as the cache holds a lock in there
            made.increment();
            var _ = timed(gate.run(read)).whenComplete((history, failure) -> {
                if (failure == null) {
                    mine.complete(history);
                } else {
                    LOG.warn(
                            "history not read series={} {} cause={}",
                            key.topic.series,
                            key.kind,
                            String.valueOf(failure instanceof CompletionException ? failure.getCause() : failure));
                    mine.completeExceptionally(failure);
                }
            });
        }
        return first;
    }

    /** The wait for its turn counts as well. */
    private <T> CompletableFuture<T> timed(CompletableFuture<T> read) {
        return read.orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }
}

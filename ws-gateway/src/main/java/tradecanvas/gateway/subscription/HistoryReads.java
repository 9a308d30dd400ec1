package tradecanvas.gateway.subscription;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandleReader;

/**
 * Store reads for subscriptions; equal ones that are under way at the same time are made once.
 *
 * <p>Two reads are equal only if nothing was published on the series between them, see {@link Topic}. Threads: any;
 * results come on the store's threads and are framed there.
 */
final class HistoryReads {
    private record Key(Topic topic, long published, String kind, long from, long to, boolean asBatch) {}

    private final CandleReader reader;
    private final int catchUpLimit;
    private final int gapLimit;
    private final Duration timeout;
    private final ConcurrentHashMap<Key, CompletableFuture<History>> underWay = new ConcurrentHashMap<>();
    private final LongAdder asked = new LongAdder();
    private final LongAdder made = new LongAdder();

    /**
     * @param catchUpLimit candles per catch-up
     * @param gapLimit candles per healed gap
     * @param timeout after which a read counts as failed
     */
    HistoryReads(CandleReader reader, int catchUpLimit, int gapLimit, Duration timeout) {
        this.reader = reader;
        this.catchUpLimit = catchUpLimit;
        this.gapLimit = gapLimit;
        this.timeout = timeout;
    }

    /** What a new subscription must be sent first: the newest candles, or those after {@code since}. */
    CompletionStage<History> catchUp(SeriesId series, Topic topic, @Nullable Long since, boolean asBatch) {
        if (since == null) {
            Key key = new Key(topic, topic.published.get(), "newest", 0, 0, asBatch);
            return once(
                    key,
                    () -> reader.newest(series, catchUpLimit)
                            .thenApply(page -> History.framed(series, page.candles(), asBatch)));
        }
        Key key = new Key(topic, topic.published.get(), "after", since, 0, asBatch);
        return once(
                key,
                () -> reader.after(series, since, catchUpLimit)
                        .thenApply(page -> History.framed(series, page.candles(), asBatch)));
    }

    /** What the store holds in the closed range. */
    CompletionStage<History> range(SeriesId series, Topic topic, long from, long to) {
        Key key = new Key(topic, topic.published.get(), "range", from, to, false);
        return once(key, () -> reader.range(series, from, to, gapLimit).thenApply(History::unframed));
    }

    /** Reads asked for by subscriptions. */
    long asked() {
        return asked.sum();
    }

    /** Reads made of the store. */
    long made() {
        return made.sum();
    }

    private CompletionStage<History> once(Key key, Supplier<CompletionStage<History>> read) {
        asked.increment();
        CompletableFuture<History> mine = new CompletableFuture<>();
        CompletableFuture<History> other = underWay.putIfAbsent(key, mine);
        if (other != null) {
            return other;
        }
        made.increment();
        mine.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            read.get().whenComplete((history, failure) -> finish(key, mine, history, failure));
        } catch (RuntimeException refused) {
            finish(key, mine, null, refused);
        }
        return mine;
    }

    private void finish(
            Key key, CompletableFuture<History> waiting, @Nullable History history, @Nullable Throwable failure) {
        underWay.remove(key, waiting);
        if (failure != null) {
            waiting.completeExceptionally(failure);
        } else if (history != null) {
            waiting.complete(history);
        }
    }
}

package tradecanvas.gateway.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.GapSummary;
import tradecanvas.store.api.SeriesExtent;
import tradecanvas.store.api.StoreOverloadedException;

/** A store whose reads end when the test says so, each with the state of any moment since it was asked. */
final class FakeStore implements CandleReader {
    /** One read under way. */
    final class Read {
        private final Supplier<Runnable> lookUp;
        private final Runnable fail;
        private Runnable answer;

        private <T> Read(CompletableFuture<T> result, Supplier<T> query) {
            this.lookUp = () -> {
                T found = query.get();
                return () -> result.complete(found);
            };
            this.fail = () -> result.completeExceptionally(new StoreOverloadedException("the test says so"));
            this.answer = lookUp.get();
        }

        void lookAgain() {
            answer = lookUp.get();
        }

        void end() {
            pending.remove(this);
            answer.run();
        }

        void fail() {
            pending.remove(this);
            fail.run();
        }
    }

    final TreeMap<Long, Candle> candles = new TreeMap<>();
    final List<Read> pending = new ArrayList<>();

    void save(Candle candle) {
        candles.put(candle.openTime(), candle);
    }

    @Override
    public CompletionStage<CandlePage> newest(SeriesId series, int limit) {
        return ask(() -> page(tail(List.copyOf(candles.values()), limit)));
    }

    @Override
    public CompletionStage<CandlePage> after(SeriesId series, long since, int limit) {
        return ask(() -> page(head(List.copyOf(candles.tailMap(since, false).values()), limit)));
    }

    @Override
    public CompletionStage<List<Candle>> range(SeriesId series, long from, long to, int limit) {
        return ask(() -> head(List.copyOf(candles.subMap(from, true, to, true).values()), limit));
    }

    @Override
    public CompletionStage<Long> count(SeriesId series, long from, long to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<SeriesExtent> extent(SeriesId series) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<GapSummary> gaps(SeriesId series, int recentLimit) {
        throw new UnsupportedOperationException();
    }

    private CandlePage page(List<Candle> found) {
        return new CandlePage(found, candles.isEmpty() ? null : candles.lastKey());
    }

    private <T> CompletionStage<T> ask(Supplier<T> query) {
        CompletableFuture<T> result = new CompletableFuture<>();
        pending.add(new Read(result, query));
        return result;
    }

    private static List<Candle> head(List<Candle> all, int limit) {
        return all.subList(0, Math.min(limit, all.size()));
    }

    private static List<Candle> tail(List<Candle> all, int limit) {
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }
}

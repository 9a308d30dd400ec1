package tradecanvas.store.route;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.GapSummary;
import tradecanvas.store.api.SeriesExtent;

/** A store whose counts the test answers when it likes; everything else is empty at once. Owner: one test. */
final class FakeStore implements CandleReader {
    final List<String> asked = new ArrayList<>();
    final List<CompletableFuture<Long>> counts = new ArrayList<>();

    @Override
    public CompletionStage<CandlePage> newest(SeriesId series, int limit) {
        return answer("newest " + series + " " + limit, CandlePage.EMPTY);
    }

    @Override
    public CompletionStage<CandlePage> after(SeriesId series, long since, int limit) {
        return answer("after " + series + " " + since + " " + limit, CandlePage.EMPTY);
    }

    @Override
    public CompletionStage<List<Candle>> range(SeriesId series, long from, long to, int limit) {
        return answer("range " + series + " " + from + " " + to + " " + limit, List.of());
    }

    @Override
    public CompletionStage<Long> count(SeriesId series, long from, long to) {
        asked.add("count " + series + " " + from + " " + to);
        CompletableFuture<Long> count = new CompletableFuture<>();
        counts.add(count);
        return count;
    }

    @Override
    public CompletionStage<SeriesExtent> extent(SeriesId series) {
        return answer("extent " + series, new SeriesExtent(null, null, 0));
    }

    @Override
    public CompletionStage<GapSummary> gaps(SeriesId series, int recentLimit) {
        return answer("gaps " + series + " " + recentLimit, new GapSummary(0, 0, List.of()));
    }

    /** The newest count that was asked for. */
    CompletableFuture<Long> count() {
        return counts.getLast();
    }

    private <T> CompletionStage<T> answer(String question, T value) {
        asked.add(question);
        return CompletableFuture.completedStage(value);
    }
}

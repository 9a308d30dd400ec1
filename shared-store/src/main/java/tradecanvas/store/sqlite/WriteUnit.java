package tradecanvas.store.sqlite;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import tradecanvas.model.candle.SeriesCandles;

/** What one call of save asks for, and the promise that it is answered with. */
record WriteUnit(List<SeriesCandles> content, long rows, CompletableFuture<Void> written) {
    static WriteUnit of(List<SeriesCandles> content) {
        long rows = 0;
        for (SeriesCandles candles : content) {
            rows += candles.candles().size();
        }
        return new WriteUnit(List.copyOf(content), rows, new CompletableFuture<>());
    }

    /** What it takes of the queue; a unit without rows takes room as well, or the queue would have no bound. */
    long weight() {
        return Math.max(1, rows);
    }
}

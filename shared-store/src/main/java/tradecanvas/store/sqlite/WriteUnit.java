package tradecanvas.store.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tradecanvas.model.candle.SeriesCandles;

/**
 * What one call asks the writer for, and the promise that it is answered with.
 *
 * @param whenDurable runs on the writer's thread behind the commit and before any later one, ahead of the answer
 */
record WriteUnit(Change change, long rows, Runnable whenDurable, CompletableFuture<Void> written) {
    /** Something that is done within a transaction together with what other calls ask for. */
    @FunctionalInterface
    interface Change {
        void apply(WriteConnection connection) throws SQLException;
    }

    static WriteUnit of(long rows, Change change) {
        return of(rows, change, () -> {});
    }

    static WriteUnit of(long rows, Change change, Runnable whenDurable) {
        return new WriteUnit(change, rows, whenDurable, new CompletableFuture<>());
    }

    static WriteUnit saving(List<SeriesCandles> content) {
        List<SeriesCandles> unchanging = List.copyOf(content);
        long rows = 0;
        for (SeriesCandles candles : unchanging) {
            rows += candles.candles().size();
        }
        return of(rows, connection -> connection.save(unchanging));
    }

    /** Its transaction is durable. */
    void succeed() {
        try {
            whenDurable.run();
            written.complete(null);
        } catch (RuntimeException failure) {
            written.completeExceptionally(failure);
        }
    }

    /** What it takes of the queue; a unit without rows takes room as well, or the queue would have no bound. */
    long weight() {
        return Math.max(1, rows);
    }
}

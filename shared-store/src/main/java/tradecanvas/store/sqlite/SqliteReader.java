package tradecanvas.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.GapSummary;
import tradecanvas.store.api.SeriesExtent;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreOverloadedException;

/**
 * The read side: a few threads, each with a connection of its own while it reads.
 *
 * <p>A connection that failed is closed, and the next read opens another one. A read that was cancelled while it waited
 * is skipped. Threads: any.
 */
final class SqliteReader implements CandleReader {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteReader.class);

    /** Where new connections come from. */
    @FunctionalInterface
    interface ConnectionSource {
        Connection open() throws SQLException;
    }

    @FunctionalInterface
    private interface Query<T> {
        T answer(ReadConnection connection) throws SQLException;
    }

    private final ConnectionSource source;
    private final int queueMax;
    private final ThreadPoolExecutor threads;
    /** At most one a thread; the one that was used last is taken first, its cache is warm. */
    private final Deque<ReadConnection> idle = new ConcurrentLinkedDeque<>();

    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();

    private SqliteReader(ConnectionSource source, SqliteSettings.Reads bounds) {
        this.source = source;
        queueMax = bounds.queueMax();
        threads = new ThreadPoolExecutor(
                bounds.threads(),
                bounds.threads(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(bounds.queueMax()),
                StoreThreads.numbered("sqlite-reader"));
    }

    /** Opens a connection for each thread at once, so that a file that cannot be read fails the start. */
    static SqliteReader open(ConnectionSource source, SqliteSettings.Reads bounds) throws SQLException {
        SqliteReader reader = new SqliteReader(source, bounds);
        try {
            for (int opened = 0; opened < bounds.threads(); opened++) {
                reader.idle.addFirst(ReadConnection.on(source.open()));
            }
            return reader;
        } catch (SQLException | RuntimeException failure) {
            reader.stopAccepting();
            reader.closeIdle();
            throw failure;
        }
    }

    @Override
    public CompletionStage<CandlePage> newest(SeriesId series, int limit) {
        requireLimit(limit);
        return ask(connection -> connection.newest(series, limit));
    }

    @Override
    public CompletionStage<CandlePage> after(SeriesId series, long since, int limit) {
        requireLimit(limit);
        return ask(connection -> connection.after(series, since, limit));
    }

    @Override
    public CompletionStage<List<Candle>> range(SeriesId series, long from, long to, int limit) {
        requireLimit(limit);
        return ask(connection -> connection.range(series, from, to, limit));
    }

    @Override
    public CompletionStage<Long> count(SeriesId series, long from, long to) {
        return ask(connection -> connection.count(series, from, to));
    }

    @Override
    public CompletionStage<SeriesExtent> extent(SeriesId series) {
        return ask(connection -> connection.extent(series));
    }

    @Override
    public CompletionStage<GapSummary> gaps(SeriesId series, int recentLimit) {
        requireLimit(recentLimit);
        return ask(connection -> connection.gaps(series, recentLimit));
    }

    private static void requireLimit(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit " + limit + " is negative"); // to SQLite: no limit
        }
    }

    private <T> CompletionStage<T> ask(Query<T> query) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        try {
            threads.execute(() -> answer(query, promise));
            return promise;
        } catch (RejectedExecutionException notAccepted) {
            return CompletableFuture.failedStage(refusal());
        }
    }

    private StoreException refusal() {
        if (threads.isShutdown()) {
            return new SqliteException("store is closed");
        }
        refused.increment();
        return new StoreOverloadedException(queueMax + " reads wait, no more may");
    }

    private <T> void answer(Query<T> query, CompletableFuture<T> promise) {
        if (promise.isDone()) {
            return;
        }
        try {
            promise.complete(read(query));
        } catch (SQLException | RuntimeException failure) {
            failed.increment();
            promise.completeExceptionally(new StoreException("SQLite did not read: " + failure.getMessage(), failure));
        }
    }

    private <T> T read(Query<T> query) throws SQLException {
        ReadConnection pooled = idle.pollFirst();
        ReadConnection connection = pooled == null ? ReadConnection.on(source.open()) : pooled;
        try {
            T result = query.answer(connection);
            idle.addFirst(connection);
            return result;
        } catch (SQLException | RuntimeException failure) {
            closeQuietly(connection);
            throw failure;
        }
    }

    /** Refuses further reads; those that wait are answered. */
    void stopAccepting() {
        threads.shutdown();
    }

    /** Whether all reads have ended before the deadline; if so, the connections are closed. */
    boolean awaitEnd(Deadline deadline) {
        boolean ended = StoreThreads.awaitEnd(threads, deadline);
        if (ended) {
            closeIdle();
        }
        return ended;
    }

    private void closeIdle() {
        for (ReadConnection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            closeQuietly(connection);
        }
    }

    private static void closeQuietly(ReadConnection connection) {
        try {
            connection.close();
        } catch (SQLException failure) {
            LOG.warn("read connection not closed", failure);
        }
    }

    SqliteStats.Reads stats() {
        return new SqliteStats.Reads(threads.getQueue().size(), refused.sum(), failed.sum());
    }
}

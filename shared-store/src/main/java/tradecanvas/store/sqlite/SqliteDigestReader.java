package tradecanvas.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreOverloadedException;
import tradecanvas.store.digest.Digest;
import tradecanvas.store.digest.DigestReader;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.digest.SeriesSpan;
import tradecanvas.store.digest.TimeParts;

/**
 * The truth as it is compared, on one thread and one connection of its own: a comparison never takes the place of reads for
 * traders. Each call is a read transaction of its own, bounded in rows, so the write-ahead log is not held for long.
 */
public final class SqliteDigestReader implements DigestReader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDigestReader.class);
    private static final int WAITING_MAX = 64;
    private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(5);

    @FunctionalInterface
    private interface Query<T> {
        T answer(DigestReads reads) throws SQLException;
    }

    private final SqliteReader.ConnectionSource source;
    private final ThreadPoolExecutor thread;
    /** Owner: the thread, and after its end whoever closes. */
    private @Nullable DigestReads open;

    SqliteDigestReader(SqliteReader.ConnectionSource source) {
        this.source = source;
        thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), StoreThreads.named("sqlite-digest"));
    }

    /** Reads a file, also one that a worker has open; the first question opens it. */
    public static SqliteDigestReader of(Path file, Duration lockTimeout) {
        return new SqliteDigestReader(new SqliteConnections(file, lockTimeout)::openReadOnly);
    }

    @Override
    public CompletionStage<List<SeriesSpan>> series(String after, int max) {
        DigestReader.requireWithin(SERIES_MAX, max, "max");
        return ask(reads -> reads.series(after, max));
    }

    @Override
    public CompletionStage<List<Digest>> digests(String seriesId, TimeParts parts, int rowsMax) {
        DigestReader.requireWithin(DIGEST_ROWS_MAX, rowsMax, "rowsMax");
        return ask(reads -> reads.digests(seriesId, parts, rowsMax));
    }

    @Override
    public CompletionStage<List<RowBits>> rows(String seriesId, long from, long to, int max) {
        DigestReader.requireWithin(ROWS_MAX, max, "max");
        return ask(reads -> reads.rows(seriesId, from, to, max));
    }

    private <T> CompletionStage<T> ask(Query<T> query) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        try {
            thread.execute(() -> answer(query, promise));
            return promise;
        } catch (RejectedExecutionException notAccepted) {
            return CompletableFuture.failedStage(
                    thread.isShutdown()
                            ? new SqliteException("store is closed")
                            : new StoreOverloadedException(WAITING_MAX + " reads for comparisons wait, no more may"));
        }
    }

    private <T> void answer(Query<T> query, CompletableFuture<T> promise) {
        try {
            DigestReads reads = open == null ? DigestReads.on(source.open()) : open;
            open = reads;
            promise.complete(query.answer(reads));
        } catch (SQLException | RuntimeException failure) {
            closeConnection();
            promise.completeExceptionally(
                    failure instanceof StoreException explained
                            ? explained
                            : new StoreException("SQLite did not read: " + failure.getMessage(), failure));
        }
    }

    private void closeConnection() {
        DigestReads reads = open;
        open = null;
        try {
            if (reads != null) {
                reads.close();
            }
        } catch (SQLException failure) {
            LOG.warn("connection of comparisons not closed", failure);
        }
    }

    /** Refuses further reads and waits a little for those that were asked for. */
    @Override
    public void close() {
        thread.shutdown();
        if (StoreThreads.awaitEnd(thread, Deadline.in(CLOSE_WAIT_MAX))) {
            closeConnection();
        }
    }
}

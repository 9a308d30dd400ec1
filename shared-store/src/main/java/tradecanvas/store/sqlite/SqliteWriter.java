package tradecanvas.store.sqlite;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandleWriter;
import tradecanvas.store.api.StoreException;

/**
 * The write side: one thread takes everything that waits and commits it in one transaction, so that requests which come
 * together share a sync of the disk.
 *
 * <p>Stages complete on that thread, after their commit, in the order of the calls; what is attached to them holds up
 * the next commit. Owner of the write connection: that thread.
 */
final class SqliteWriter implements CandleWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteWriter.class);

    private final SqliteConnections connections;
    private final WriterIdentity identity;
    private final Checkpoints checkpoints;
    private final int transactionRowsMax;
    private final WriteQueue queue;
    private final Thread thread;
    /** Null after a failure that left the connection in doubt, until the next write. Owner: the thread. */
    private @Nullable WriteConnection connection;

    private final LongAdder commits = new LongAdder();
    private final LongAdder unitsWritten = new LongAdder();
    private final LongAdder rowsWritten = new LongAdder();
    private final LongAdder unitsFailed = new LongAdder();
    private volatile int lastGroupUnits;
    private volatile long lastCommitNanos;

    SqliteWriter(
            SqliteConnections connections,
            WriteConnection connection,
            WriterIdentity identity,
            Checkpoints checkpoints,
            SqliteSettings.Writes bounds) {
        this.connections = connections;
        this.connection = connection;
        this.identity = identity;
        this.checkpoints = checkpoints;
        transactionRowsMax = bounds.transactionRowsMax();
        queue = new WriteQueue(bounds.queueRowsMax());
        thread = StoreThreads.named("sqlite-writer").newThread(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public CompletionStage<Void> save(List<SeriesCandles> unit) {
        return submit(WriteUnit.saving(unit));
    }

    @Override
    public CompletionStage<Void> delete(SeriesId series, Collection<Long> times) {
        List<Long> unchanging = List.copyOf(times);
        return submit(WriteUnit.of(unchanging.size(), connection -> connection.delete(series, unchanging)));
    }

    @Override
    public CompletionStage<Void> trim(SeriesId series, int newest) {
        if (newest < 1) {
            throw new IllegalArgumentException("newest " + newest + " is below 1");
        }
        return submit(WriteUnit.of(1, connection -> connection.trim(series, newest)));
    }

    /** Queues a unit; its stage fails at once where the queue is full or closed. */
    CompletionStage<Void> submit(WriteUnit unit) {
        try {
            queue.offer(unit);
            return unit.written();
        } catch (StoreException refused) {
            return CompletableFuture.failedStage(refused);
        }
    }

    private void run() {
        List<WriteUnit> group = List.of();
        try {
            for (group = queue.take(transactionRowsMax); !group.isEmpty(); group = queue.take(transactionRowsMax)) {
                write(group);
                tendLog();
            }
        } finally {
            // reached with units only when an Error ends the thread: nobody may wait for an answer that never comes
            queue.close();
            SqliteException ended = new SqliteException("the SQLite writer ended");
            group.forEach(unit -> fail(unit, ended));
            queue.take(Long.MAX_VALUE).forEach(unit -> fail(unit, ended));
        }
    }

    private void write(List<WriteUnit> group) {
        Exception failure = tryWrite(group);
        if (failure == null) {
            group.forEach(WriteUnit::succeed);
        } else if (group.size() > 1 && blamesContent(failure)) {
            writeEachAlone(group);
        } else {
            failAll(group, failure);
        }
    }

    private void writeEachAlone(List<WriteUnit> group) {
        for (int i = 0; i < group.size(); i++) {
            WriteUnit unit = group.get(i);
            Exception failure = tryWrite(List.of(unit));
            if (failure == null) {
                unit.succeed();
            } else if (blamesContent(failure)) {
                failAll(List.of(unit), failure);
            } else {
                failAll(group.subList(i, group.size()), failure);
                return;
            }
        }
    }

    private @Nullable Exception tryWrite(List<WriteUnit> group) {
        long begun = System.nanoTime();
        try {
            connection().write(group);
        } catch (SQLException | RuntimeException failure) {
            abandon(failure);
            return failure;
        }
        lastCommitNanos = System.nanoTime() - begun;
        lastGroupUnits = group.size();
        commits.increment();
        unitsWritten.add(group.size());
        rowsWritten.add(group.stream().mapToLong(WriteUnit::rows).sum());
        return null;
    }

    /** Whether another unit could succeed; anything else (disk, lock, corruption) meets every unit the same way. */
    private static boolean blamesContent(Exception failure) {
        if (!(failure instanceof SQLException refused)) {
            return true;
        }
        int primaryCode = refused.getErrorCode() & 0xff;
        return primaryCode == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || primaryCode == SQLiteErrorCode.SQLITE_TOOBIG.code
                || primaryCode == SQLiteErrorCode.SQLITE_MISMATCH.code;
    }

    private void failAll(List<WriteUnit> units, Exception failure) {
        StoreException reported = new StoreException("SQLite did not write: " + failure.getMessage(), failure);
        units.forEach(unit -> fail(unit, reported));
    }

    private void fail(WriteUnit unit, StoreException failure) {
        if (unit.written().completeExceptionally(failure)) {
            unitsFailed.increment();
        }
    }

    private WriteConnection connection() throws SQLException {
        WriteConnection current = connection;
        if (current == null) {
            current = WriteConnection.on(connections.openWritable(), identity);
            connection = current;
        }
        return current;
    }

    private void abandon(Exception failure) {
        if (connection == null) {
            return;
        }
        try {
            connection.rollback();
        } catch (SQLException inDoubt) {
            failure.addSuppressed(inDoubt);
            dropConnection();
        }
    }

    private void dropConnection() {
        WriteConnection dropped = connection;
        connection = null;
        try {
            if (dropped != null) {
                dropped.close();
            }
        } catch (SQLException failure) {
            LOG.warn("write connection not closed", failure);
        }
    }

    private void tendLog() {
        try {
            if (connection != null) {
                checkpoints.afterCommit(connection.wal());
            }
        } catch (SQLException | RuntimeException failure) {
            LOG.warn("wal not measured, connection is opened again", failure);
            dropConnection();
        }
    }

    /** Refuses further units; the thread writes those that wait and ends. */
    void stopAccepting() {
        queue.close();
    }

    /** Whether the thread has ended before the deadline; the connection is the caller's then. */
    boolean awaitEnd(Deadline deadline) {
        return StoreThreads.awaitEnd(thread, deadline);
    }

    /**
     * Empties the log into the file and closes the connection, which removes the log if no other is open. Only after
     * {@link #awaitEnd} was true.
     */
    void closeConnection() {
        try {
            checkpoints.atClose(connection().wal());
        } catch (SQLException | StoreException failure) {
            LOG.warn("wal not emptied at close", failure);
        } finally {
            dropConnection();
        }
    }

    SqliteStats.Writes stats() {
        return new SqliteStats.Writes(
                queue.rows(),
                queue.refused(),
                commits.sum(),
                unitsWritten.sum(),
                rowsWritten.sum(),
                unitsFailed.sum(),
                lastGroupUnits,
                lastCommitNanos);
    }
}

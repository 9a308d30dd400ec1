package tradecanvas.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.store.sqlite.SqliteStats.Checkpoint;
import tradecanvas.store.sqlite.WriteAheadLog.Mode;
import tradecanvas.store.sqlite.WriteAheadLog.State;

/**
 * Keeps the write-ahead log short.
 *
 * <p>A thread of its own copies the log into the database beside the commits. While commits never pause, that alone
 * cannot start the log again, so at its bound the writer does, as a rule with little left to copy. Threads: the writer
 * calls {@link #afterCommit}, any thread the rest.
 */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    /** Of {@code checkpointBytes} the writer copies one part in so many; 2 MiB hold it up for some 5 ms. */
    private static final int WRITERS_SHARE = 8;

    private final SqliteConnections connections;
    private final SqliteSettings.Wal bounds;
    private final ThreadPoolExecutor background;
    /** One checkpoint at a time: SQLite refuses the second. */
    private final Semaphore turn = new Semaphore(1);

    private final LongAdder runs = new LongAdder();
    private final LongAdder failures = new LongAdder();
    /** Owner: the writer. */
    private long restartAtBytes;

    private volatile long walBytes;
    private volatile @Nullable Checkpoint last;

    Checkpoints(SqliteConnections connections, SqliteSettings.Wal bounds) {
        this.connections = connections;
        this.bounds = bounds;
        restartAtBytes = bounds.bytesMax();
        background = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1),
                StoreThreads.named("sqlite-checkpoint"),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Looks at the log after a commit and does or orders what is due. */
    void afterCommit(WriteAheadLog writersLog) throws SQLException {
        State log = writersLog.measure();
        walBytes = log.bytes();
        if (log.bytes() < bounds.bytesMax()) {
            restartAtBytes = bounds.bytesMax();
        }
        boolean restartDue = log.bytes() >= restartAtBytes;
        boolean overdue = log.bytes() >= restartAtBytes + bounds.checkpointBytes();
        long copyAtBytes = restartDue ? bounds.checkpointBytes() / WRITERS_SHARE : bounds.checkpointBytes();
        boolean copyDue = log.pendingBytes() >= copyAtBytes;
        if (overdue) {
            restartBehindBackground(writersLog);
        } else if (copyDue && turn.tryAcquire()) {
            background.execute(this::checkpointBeside);
        } else if (restartDue && turn.tryAcquire()) {
            restart(writersLog);
        }
    }

    private void restartBehindBackground(WriteAheadLog writersLog) throws SQLException {
        // SQLite itself does not wait for a checkpoint that runs
        if (acquireTurnInTime()) {
            restart(writersLog);
        } else {
            postponeRestart();
        }
    }

    private boolean acquireTurnInTime() {
        try {
            return turn.tryAcquire(bounds.restartWaitMax().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives back the turn, which the caller has. */
    private void restart(WriteAheadLog writersLog) throws SQLException {
        long begun = System.nanoTime();
        try {
            State log = writersLog.checkpoint(Mode.RESTART, bounds.restartWaitMax());
            record(true, log, begun);
            if (log.blocked()) {
                postponeRestart();
            }
        } finally {
            turn.release();
        }
    }

    private void postponeRestart() {
        restartAtBytes += bounds.bytesMax();
        LOG.warn("wal over its bound, something holds it bytes={} retryAtBytes={}", walBytes, restartAtBytes);
    }

    private void checkpointBeside() {
        long begun = System.nanoTime();
        try (Connection connection = connections.openWritable()) {
            record(false, new WriteAheadLog(connection).checkpoint(Mode.PASSIVE), begun);
        } catch (SQLException | RuntimeException failure) {
            failures.increment();
            LOG.warn("checkpoint failed walBytes={}", walBytes, failure);
        } finally {
            turn.release();
        }
    }

    /** Copies all that is left and empties the log. Nobody else should use the file any more. */
    void atClose(WriteAheadLog writersLog) throws SQLException {
        long begun = System.nanoTime();
        State log = writersLog.checkpoint(Mode.TRUNCATE);
        record(true, log, begun);
        walBytes = log.bytes();
        if (log.blocked()) {
            LOG.warn("wal not emptied at close, another connection uses it bytes={}", log.bytes());
        }
    }

    private void record(boolean byWriter, State log, long begun) {
        runs.increment();
        last = new Checkpoint(byWriter, log.blocked(), log.bytes(), log.checkpointedBytes(), System.nanoTime() - begun);
    }

    /** Starts no further background run and waits for one that runs. */
    boolean stopBackground(Deadline deadline) {
        background.shutdown();
        return StoreThreads.awaitEnd(background, deadline);
    }

    SqliteStats.Wal stats() {
        return new SqliteStats.Wal(walBytes, runs.sum(), failures.sum(), last);
    }
}

package tradecanvas.store.sqlite;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the file is, and what each queue, wait and log of its store may grow to.
 *
 * @param path the database; its directory is created
 * @param lockTimeout how long a statement waits for a lock of another connection before it fails
 * @param closeWaitMax how long closing waits for accepted work
 * @param outbox whether changes are kept for a mirror, which needs an epoch too
 * @param epoch whether the file remembers who writes it; it gets tables for that, which its reference does not have
 */
public record SqliteSettings(
        Path path,
        Duration lockTimeout,
        Writes writes,
        Reads reads,
        Wal wal,
        Duration closeWaitMax,
        boolean outbox,
        boolean epoch) {
    /**
     * What may wait for the writer.
     *
     * @param queueRowsMax rows that may wait; a unit beyond it is refused, unless nothing else waits
     * @param transactionRowsMax rows that one transaction gathers from waiting units; a larger unit is alone in its own
     */
    public record Writes(int queueRowsMax, int transactionRowsMax) {
        public static final Writes STANDARD = new Writes(100_000, 10_000);

        public Writes {
            requireAtLeast(1, queueRowsMax, "queueRowsMax");
            requireAtLeast(1, transactionRowsMax, "transactionRowsMax");
        }
    }

    /**
     * Who reads and what may wait for them.
     *
     * @param threads threads that read, each with a connection of its own
     * @param queueMax reads that may wait for a thread; at the bound a read is refused
     */
    public record Reads(int threads, int queueMax) {
        public static final Reads STANDARD = new Reads(4, 4_096);

        public Reads {
            requireAtLeast(1, threads, "threads");
            requireAtLeast(1, queueMax, "queueMax");
        }
    }

    /**
     * How long the write-ahead log may become.
     *
     * @param checkpointBytes bytes not yet copied into the database at which the background checkpoint runs
     * @param bytesMax length of the log from which the writer itself copies the rest and starts the log again; it
     *     leaves most of that to the background, unless the log is {@code checkpointBytes} over
     * @param restartWaitMax how long the writer then waits for the background or for reads that still use the log; when
     *     they do not end, it goes on and tries again {@code bytesMax} later
     */
    public record Wal(long checkpointBytes, long bytesMax, Duration restartWaitMax) {
        public static final Wal STANDARD = new Wal(16L << 20, 64L << 20, Duration.ofMillis(500));

        public Wal {
            requireAtLeast(1, checkpointBytes, "checkpointBytes");
            requireAtLeast(checkpointBytes, bytesMax, "bytesMax");
            requireMillis(restartWaitMax, "restartWaitMax");
        }
    }

    public SqliteSettings {
        // the driver reads what follows a question mark as settings of its own and would open another file
        if (path.toString().indexOf('?') >= 0) {
            throw new IllegalArgumentException("path " + path + " holds a question mark");
        }
        requireMillis(lockTimeout, "lockTimeout");
        requireMillis(closeWaitMax, "closeWaitMax");
    }

    /** A file with the standard bounds. */
    public static SqliteSettings of(Path path) {
        return new SqliteSettings(
                path,
                Duration.ofSeconds(5),
                Writes.STANDARD,
                Reads.STANDARD,
                Wal.STANDARD,
                Duration.ofSeconds(20),
                false,
                false);
    }

    public SqliteSettings withLockTimeout(Duration changed) {
        return new SqliteSettings(path, changed, writes, reads, wal, closeWaitMax, outbox, epoch);
    }

    public SqliteSettings withWrites(Writes changed) {
        return new SqliteSettings(path, lockTimeout, changed, reads, wal, closeWaitMax, outbox, epoch);
    }

    public SqliteSettings withReads(Reads changed) {
        return new SqliteSettings(path, lockTimeout, writes, changed, wal, closeWaitMax, outbox, epoch);
    }

    public SqliteSettings withWal(Wal changed) {
        return new SqliteSettings(path, lockTimeout, writes, reads, changed, closeWaitMax, outbox, epoch);
    }

    public SqliteSettings withCloseWaitMax(Duration changed) {
        return new SqliteSettings(path, lockTimeout, writes, reads, wal, changed, outbox, epoch);
    }

    public SqliteSettings withOutbox(boolean changed) {
        return new SqliteSettings(path, lockTimeout, writes, reads, wal, closeWaitMax, changed, epoch);
    }

    public SqliteSettings withEpoch(boolean changed) {
        return new SqliteSettings(path, lockTimeout, writes, reads, wal, closeWaitMax, outbox, changed);
    }

    private static void requireAtLeast(long bound, long value, String name) {
        if (value < bound) {
            throw new IllegalArgumentException(name + " " + value + " is below " + bound);
        }
    }

    private static void requireMillis(Duration value, String name) {
        if (value.toMillis() < 1 || value.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " " + value + " is not within 1.." + Integer.MAX_VALUE + " ms");
        }
    }
}

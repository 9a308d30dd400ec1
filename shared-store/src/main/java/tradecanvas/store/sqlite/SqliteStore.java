package tradecanvas.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.CandleWriter;
import tradecanvas.store.api.SeriesVersions;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.digest.DigestReader;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.Outbox;
import tradecanvas.store.repair.RepairLedger;

/**
 * The truth: one SQLite file that belongs to this process while the store is open.
 *
 * <p>Threads: any. Errors: a StoreException at opening names the file and why, another owner of it included.
 */
public final class SqliteStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

    private final SqliteSettings settings;
    private final LockFile lock;
    private final Fence fence;
    private final SqliteReader reader;
    private final SqliteWriter writer;
    private final SqliteOutbox outbox;
    private final SqliteDigestReader digests;
    private final SqliteRepairs repairs;
    private final SeriesVersions versions;
    private final Checkpoints checkpoints;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SqliteStore(
            SqliteSettings settings,
            LockFile lock,
            Fence fence,
            SqliteReader reader,
            SqliteWriter writer,
            SqliteOutbox outbox,
            SqliteDigestReader digests,
            SqliteRepairs repairs,
            SeriesVersions versions,
            Checkpoints checkpoints) {
        this.settings = settings;
        this.lock = lock;
        this.fence = fence;
        this.reader = reader;
        this.writer = writer;
        this.outbox = outbox;
        this.digests = digests;
        this.repairs = repairs;
        this.versions = versions;
        this.checkpoints = checkpoints;
    }

    /** Opens the file with the system's clock. */
    public static SqliteStore open(SqliteSettings settings) {
        return open(settings, InstantSource.system());
    }

    /** Takes the lock, creates what is missing of the directory, the file and its schema, and starts the threads. */
    public static SqliteStore open(SqliteSettings settings, InstantSource clock) {
        try {
            Path file = resolve(settings.path());
            LockFile lock = LockFile.acquire(file);
            try {
                return open(settings, clock, file, lock);
            } catch (SQLException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        } catch (StoreException explained) {
            throw explained;
        } catch (IOException | SQLException failure) {
            throw new StoreException(
                    "SQLite file " + settings.path() + " cannot be opened: " + failure.getMessage(), failure);
        }
    }

    private static SqliteStore open(SqliteSettings settings, InstantSource clock, Path file, LockFile lock)
            throws SQLException {
        SqliteConnections connections = new SqliteConnections(file, settings.lockTimeout());
        WriterIdentity identity = migrateAndBegin(connections, settings, clock);
        WriteConnection connection = WriteConnection.on(connections.openWritable(), identity);
        try {
            SqliteReader reader = SqliteReader.open(connections::openReadOnly, settings.reads());
            Checkpoints checkpoints = new Checkpoints(connections, settings.wal());
            SqliteWriter writer = new SqliteWriter(connections, connection, identity, checkpoints, settings.writes());
            writer.start();
            LOG.info(
                    "store opened file={} readerThreads={} epoch={} outbox={}",
                    file,
                    settings.reads().threads(),
                    identity.fence().epoch(),
                    settings.outbox());
            SqliteOutbox outbox = new SqliteOutbox(connections, writer, identity);
            SqliteDigestReader digests = new SqliteDigestReader(connections::openReadOnly);
            SqliteRepairs repairs = new SqliteRepairs(writer, outbox, clock);
            return new SqliteStore(
                    settings,
                    lock,
                    identity.fence(),
                    reader,
                    writer,
                    outbox,
                    digests,
                    repairs,
                    identity.changes(),
                    checkpoints);
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private static WriterIdentity migrateAndBegin(
            SqliteConnections connections, SqliteSettings settings, InstantSource clock) throws SQLException {
        try (Connection connection = connections.openWritable()) {
            Migrations migrations = new Migrations(connection, clock);
            migrations.apply(CandleSchema.NAMESPACE, CandleSchema.MIGRATIONS);
            if (!settings.outbox() && !settings.epoch()) {
                return WriterIdentity.nameless(connection, clock);
            }
            migrations.apply(OutboxSchema.NAMESPACE, OutboxSchema.MIGRATIONS);
            return settings.outbox()
                    ? WriterIdentity.recording(connection, clock)
                    : WriterIdentity.notRecording(connection, clock);
        }
    }

    /** One name for the file whatever links lead to it, since the lock file stands beside that name. */
    private static Path resolve(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        if (Files.exists(absolute)) {
            return absolute.toRealPath();
        }
        Path directory = absolute.getParent();
        if (directory == null) {
            throw new IOException("it is no file");
        }
        Files.createDirectories(directory);
        return directory.toRealPath().resolve(absolute.getFileName());
    }

    public CandleReader reader() {
        return reader;
    }

    public CandleWriter writer() {
        return writer;
    }

    /** Which truth this is, and in which of its epochs this process writes it; one of this process alone without {@link SqliteSettings#epoch}. */
    public Fence fence() {
        return fence;
    }

    /** Which series have changed, of changes made by this store. */
    public SeriesVersions versions() {
        return versions;
    }

    /** What the mirror must be told; only of a store with {@link SqliteSettings#outbox}. */
    public Outbox outbox() {
        if (!settings.outbox()) {
            throw new IllegalStateException("the store was opened without an outbox");
        }
        return outbox;
    }

    /** The truth as it is compared with its mirror. */
    public DigestReader digests() {
        return digests;
    }

    /** Repairs of the mirror and their audit; only of a store with {@link SqliteSettings#outbox}. */
    public RepairLedger repairs() {
        if (!settings.outbox()) {
            throw new IllegalStateException("the store was opened without an outbox");
        }
        return repairs;
    }

    public SqliteStats stats() {
        return new SqliteStats(writer.stats(), reader.stats(), checkpoints.stats());
    }

    /**
     * Answers what was accepted, empties the log into the file and releases the lock; again: nothing.
     *
     * <p>Waits at most {@code closeWaitMax}; what still runs then goes on, and the lock stays until the process ends.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Deadline deadline = Deadline.in(settings.closeWaitMax());
        reader.stopAccepting();
        writer.stopAccepting();
        boolean checkpointEnded = checkpoints.stopBackground(deadline);
        boolean readerEnded = reader.awaitEnd(deadline);
        boolean writerEnded = writer.awaitEnd(deadline);
        outbox.close();
        digests.close();
        if (readerEnded && checkpointEnded && writerEnded) {
            writer.closeConnection();
            lock.close();
            LOG.info("store closed file={}", settings.path());
        } else {
            LOG.error(
                    "store not closed in time, its lock stays readerEnded={} checkpointEnded={} writerEnded={}",
                    readerEnded,
                    checkpointEnded,
                    writerEnded);
        }
    }
}

package tradecanvas.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.outbox.MirrorProgress;
import tradecanvas.store.outbox.OutboxEntry;
import tradecanvas.store.outbox.OutboxEntry.Kind;

/** The connection that writes units, with its statements. Owner: one thread at a time. */
final class WriteConnection implements AutoCloseable {
    private final Connection connection;
    private final MirrorProgress progress;
    private final SeriesChanges changes;
    private final Set<String> changed = new HashSet<>();
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement rollback;
    private final PreparedStatement deleteAt;
    private final PreparedStatement oldestKept;
    private final PreparedStatement deleteBefore;
    private final CandleUpsert upsert;
    private final @Nullable OutboxTable outbox;
    private final WriteAheadLog wal;

    private WriteConnection(Connection connection, WriterIdentity writer) throws SQLException {
        this.connection = connection;
        progress = writer.progress();
        changes = writer.changes();
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        commit = connection.prepareStatement("COMMIT");
        rollback = connection.prepareStatement("ROLLBACK");
        deleteAt = connection.prepareStatement("DELETE FROM candles WHERE series_id = ? AND candle_time = ?");
        oldestKept = connection.prepareStatement(
                "SELECT candle_time FROM candles WHERE series_id = ? ORDER BY candle_time DESC LIMIT 1 OFFSET ?");
        deleteBefore = connection.prepareStatement("DELETE FROM candles WHERE series_id = ? AND candle_time < ?");
        upsert = new CandleUpsert(connection);
        outbox = writer.recording() ? new OutboxTable(connection, writer.fence().epoch(), writer.clock()) : null;
        wal = new WriteAheadLog(connection);
        if (writer.recording()) {
            learnOfCommitsInDoubt();
        }
    }

    /** A commit whose outcome the former connection did not learn may have succeeded. */
    private void learnOfCommitsInDoubt() throws SQLException {
        var unknown = query(OutboxReads::entry, OutboxReads.ENTRIES, progress.committedSeq(), Long.MAX_VALUE);
        if (!unknown.isEmpty()) {
            progress.committed(unknown);
            changes.changed(unknown.stream().map(OutboxEntry::seriesId).collect(Collectors.toSet()));
        }
    }

    /** Prepares the statements on a connection whose schema is there; closes it where that fails. */
    static WriteConnection on(Connection connection, WriterIdentity writer) throws SQLException {
        try {
            return new WriteConnection(connection, writer);
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    /**
     * Writes the units and their outbox entries in one transaction; returns when it is durable and the progress knows the
     * entries. After a failure {@link #rollback} is due.
     */
    void write(List<WriteUnit> units) throws SQLException {
        changed.clear();
        try {
            writeInTransaction(units);
        } finally {
            changes.changed(changed); // also after a failure, which may have come behind the commit
        }
    }

    private void writeInTransaction(List<WriteUnit> units) throws SQLException {
        begin.execute();
        if (outbox != null) {
            outbox.begin(progress.committedSeq());
        }
        for (WriteUnit unit : units) {
            unit.change().apply(this);
        }
        upsert.flush();
        if (outbox != null) {
            outbox.remove(progress.acknowledgedSeq());
        }
        commit.execute();
        if (outbox != null) {
            outbox.committed(progress); // before the change is seen: who reads because of it must not ask the mirror
        }
    }

    void save(List<SeriesCandles> content) throws SQLException {
        for (SeriesCandles run : content) {
            for (Candle candle : run.candles()) {
                upsert.add(run.series(), candle);
            }
            changed.add(run.series().text());
            if (outbox != null) {
                outbox.saved(run);
            }
        }
    }

    void delete(SeriesId series, Collection<Long> times) throws SQLException {
        upsert.flush();
        changed.add(series.text());
        for (long time : times) {
            SqlRows.bind(deleteAt, series.text(), time).executeUpdate();
            owe(Kind.DELETED, series.text(), time, time);
        }
    }

    void trim(SeriesId series, int newest) throws SQLException {
        upsert.flush();
        changed.add(series.text());
        List<Long> oldest = SqlRows.list(SqlRows.bind(oldestKept, series.text(), newest - 1L), row -> row.getLong(1));
        if (!oldest.isEmpty()
                && SqlRows.bind(deleteBefore, series.text(), oldest.getFirst()).executeUpdate() > 0) {
            owe(Kind.DELETED, series.text(), Long.MIN_VALUE, oldest.getFirst() - 1);
        }
    }

    /** The mirror is to be given a range again. */
    void owe(Kind kind, String seriesId, long from, long to) throws SQLException {
        if (outbox != null) {
            outbox.add(kind, seriesId, from, to);
        }
    }

    /** Runs a statement of texts and whole numbers that is too rare to be kept. */
    void execute(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            SqlRows.bind(statement, parameters).executeUpdate();
        }
    }

    /** The rows of a query that is too rare to be kept. */
    <T> List<T> query(SqlRows.Row<T> reader, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return SqlRows.list(SqlRows.bind(statement, parameters), reader);
        }
    }

    /** Ends the transaction of a write that failed; fails itself where SQLite has ended it already. */
    void rollback() throws SQLException {
        upsert.discard();
        rollback.execute();
    }

    WriteAheadLog wal() {
        return wal;
    }

    /** Closes the connection, and with it the statements and a transaction that is still open. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

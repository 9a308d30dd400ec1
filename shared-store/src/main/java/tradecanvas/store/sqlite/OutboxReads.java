package tradecanvas.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import tradecanvas.model.candle.Candle;
import tradecanvas.store.compare.Drift;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.outbox.BackfillState;
import tradecanvas.store.outbox.OutboxEntry;
import tradecanvas.store.outbox.Quarantined;
import tradecanvas.store.repair.AuditedFix;
import tradecanvas.store.repair.FixOutcome;

/** The connection of the mirror's thread, with its statements. A call that fails leaves it in doubt. Owner: that thread. */
final class OutboxReads implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement entries;
    private final PreparedStatement candles;
    private final PreparedStatement series;

    private OutboxReads(Connection connection) throws SQLException {
        this.connection = connection;
        entries = connection.prepareStatement(ENTRIES);
        candles = connection.prepareStatement("SELECT candle_time, open, high, low, close, volume FROM candles"
                + " WHERE series_id = ? AND candle_time BETWEEN ? AND ? ORDER BY candle_time LIMIT ?");
        // a DISTINCT would walk all candles; this jumps from series to series
        series = connection.prepareStatement("""
                WITH RECURSIVE ids(id) AS (
                    SELECT min(series_id) FROM candles WHERE series_id > ?
                    UNION ALL
                    SELECT (SELECT min(series_id) FROM candles WHERE series_id > id) FROM ids WHERE id IS NOT NULL)
                SELECT id FROM ids WHERE id IS NOT NULL LIMIT ?""");
    }

    static final String ENTRIES =
            "SELECT seq, epoch, kind, series_id, from_time, to_time, committed_at_ms FROM tc_outbox"
                    + " WHERE seq > ? ORDER BY seq LIMIT ?";

    static OutboxReads on(Connection connection) throws SQLException {
        try {
            return new OutboxReads(connection);
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    static OutboxEntry entry(ResultSet row) throws SQLException {
        return new OutboxEntry(
                row.getLong(1),
                row.getLong(2),
                OutboxEntry.Kind.valueOf(row.getString(3)),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }

    List<OutboxEntry> entries(long afterSeq, int max) throws SQLException {
        return SqlRows.list(SqlRows.bind(entries, afterSeq, (long) max), OutboxReads::entry);
    }

    List<Candle> candles(String seriesId, long from, long to, int max) throws SQLException {
        return SqlRows.list(
                SqlRows.bind(candles, seriesId, from, to, (long) max),
                row -> new Candle(
                        row.getLong(1),
                        row.getDouble(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5),
                        row.getDouble(6)));
    }

    List<String> series(String afterSeriesId, int max) throws SQLException {
        return SqlRows.list(SqlRows.bind(series, afterSeriesId, (long) max), row -> row.getString(1));
    }

    List<Quarantined> quarantined(int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT kind, series_id, candle_time, sql_state,"
                + " message, quarantined_at_ms FROM tc_quarantine ORDER BY quarantined_at_ms DESC LIMIT ?")) {
            return SqlRows.list(
                    SqlRows.bind(statement, (long) max),
                    row -> new Quarantined(
                            OutboxEntry.Kind.valueOf(row.getString(1)),
                            row.getString(2),
                            row.getLong(3),
                            row.getString(4),
                            row.getString(5),
                            row.getLong(6)));
        }
    }

    List<AuditedFix> fixes(long afterId, int max, boolean queuedOnly) throws SQLException {
        String sql = "SELECT id, run_id, series_id, candle_time, truth_bits, mirror_bits, outcome, requested_at_ms,"
                + " settled_at_ms FROM tc_repairs WHERE id > ?" + (queuedOnly ? " AND outcome = 'QUEUED'" : "")
                + " ORDER BY id LIMIT ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return SqlRows.list(SqlRows.bind(statement, afterId, (long) max), row -> {
                long time = row.getLong(4);
                Drift evidence = new Drift(
                        row.getString(3),
                        time,
                        RowBits.fromHex(time, row.getString(5)),
                        RowBits.fromHex(time, row.getString(6)));
                return new AuditedFix(
                        row.getLong(1),
                        row.getString(2),
                        evidence,
                        FixOutcome.valueOf(row.getString(7)),
                        row.getLong(8),
                        row.getLong(9));
            });
        }
    }

    BackfillState backfill() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT phase, series_id, next_time, rows_done,"
                + " rows_total, started_at_ms, updated_at_ms FROM tc_backfill")) {
            return SqlRows.list(
                            statement,
                            row -> new BackfillState(
                                    BackfillState.Phase.valueOf(row.getString(1)),
                                    row.getString(2),
                                    row.getLong(3),
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getLong(6),
                                    row.getLong(7)))
                    .stream()
                    .findFirst()
                    .orElse(BackfillState.NONE);
        }
    }

    long number(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return SqlRows.number(SqlRows.bind(statement, parameters));
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

package tradecanvas.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import tradecanvas.store.digest.Digest;
import tradecanvas.store.digest.PartDigests;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.digest.SeriesSpan;
import tradecanvas.store.digest.TimeParts;

/** A connection that reads for comparisons, with its statements. A call that fails leaves it in doubt. Owner: one thread. */
final class DigestReads implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement series;
    private final PreparedStatement rows;

    private DigestReads(Connection connection) throws SQLException {
        this.connection = connection;
        // jumps from series to series instead of walking all candles
        series = connection.prepareStatement("""
                WITH RECURSIVE ids(id) AS (
                    SELECT min(series_id) FROM candles WHERE series_id > ?
                    UNION ALL
                    SELECT (SELECT min(series_id) FROM candles WHERE series_id > id) FROM ids WHERE id IS NOT NULL)
                SELECT id, (SELECT min(candle_time) FROM candles WHERE series_id = id),
                    (SELECT max(candle_time) FROM candles WHERE series_id = id)
                FROM ids WHERE id IS NOT NULL LIMIT ?""");
        rows = connection.prepareStatement("SELECT candle_time, open, high, low, close, volume FROM candles"
                + " WHERE series_id = ? AND candle_time BETWEEN ? AND ? ORDER BY candle_time LIMIT ?");
    }

    static DigestReads on(Connection connection) throws SQLException {
        try {
            return new DigestReads(connection);
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    List<SeriesSpan> series(String after, int max) throws SQLException {
        return SqlRows.list(
                SqlRows.bind(series, after, (long) max),
                row -> new SeriesSpan(row.getString(1), row.getLong(2), row.getLong(3)));
    }

    List<Digest> digests(String seriesId, TimeParts parts, int rowsMax) throws SQLException {
        PartDigests digests = new PartDigests(seriesId, parts, rowsMax);
        SqlRows.bind(rows, seriesId, parts.from(), parts.to(), (long) digests.rowsWanted());
        try (ResultSet row = rows.executeQuery()) {
            while (row.next()) {
                digests.add(
                        row.getLong(1),
                        Double.doubleToRawLongBits(row.getDouble(2)),
                        Double.doubleToRawLongBits(row.getDouble(3)),
                        Double.doubleToRawLongBits(row.getDouble(4)),
                        Double.doubleToRawLongBits(row.getDouble(5)),
                        Double.doubleToRawLongBits(row.getDouble(6)));
            }
        }
        return digests.complete();
    }

    List<RowBits> rows(String seriesId, long from, long to, int max) throws SQLException {
        return SqlRows.list(
                SqlRows.bind(rows, seriesId, from, to, (long) max),
                row -> RowBits.of(
                        row.getLong(1),
                        row.getDouble(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5),
                        row.getDouble(6)));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

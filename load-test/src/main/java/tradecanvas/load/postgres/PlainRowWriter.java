package tradecanvas.load.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import tradecanvas.model.candle.Candle;

/** Upserts of single rows by one connection, a commit each. Threads: one owner. */
public final class PlainRowWriter implements AutoCloseable {
    private final PreparedStatement upsert;

    public PlainRowWriter(Connection connection, CandleTable table) throws SQLException {
        upsert = connection.prepareStatement(table.upsertOf("VALUES(?, ?, ?, ?, ?, ?, ?)"));
    }

    /** Writes and commits one candle. */
    public void write(String series, Candle candle) throws SQLException {
        upsert.setString(1, series);
        upsert.setLong(2, candle.openTime());
        upsert.setDouble(3, candle.open());
        upsert.setDouble(4, candle.high());
        upsert.setDouble(5, candle.low());
        upsert.setDouble(6, candle.close());
        upsert.setDouble(7, candle.volume());
        upsert.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        upsert.close();
    }
}

package tradecanvas.load.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import tradecanvas.model.candle.Candle;

/**
 * Upserts of whole batches by one connection with nothing around it: one statement and commit a batch, its columns as
 * binary arrays through {@code unnest}. Threads: one owner.
 */
public final class PlainWriter implements AutoCloseable {
    private static final int VALUE_COLUMNS = 5;

    private final Connection connection;
    private final PreparedStatement upsert;

    public PlainWriter(Connection connection, CandleTable table) throws SQLException {
        this.connection = connection;
        upsert = connection.prepareStatement(table.upsertOf(
                "SELECT * FROM unnest(?::text[], ?::bigint[], ?::float8[], ?::float8[], ?::float8[], ?::float8[],"
                        + " ?::float8[])"));
    }

    /** Writes and commits the candles of one series. */
    public void write(String series, List<Candle> candles) throws SQLException {
        int rows = candles.size();
        String[] names = new String[rows];
        Arrays.fill(names, series);
        long[] times = new long[rows];
        double[][] values = new double[VALUE_COLUMNS][rows];
        for (int i = 0; i < rows; i++) {
            Candle candle = candles.get(i);
            times[i] = candle.openTime();
            values[0][i] = candle.open();
            values[1][i] = candle.high();
            values[2][i] = candle.low();
            values[3][i] = candle.close();
            values[4][i] = candle.volume();
        }
        upsert.setArray(1, connection.createArrayOf("text", names));
        upsert.setObject(2, times);
        for (int column = 0; column < VALUE_COLUMNS; column++) {
            upsert.setObject(3 + column, values[column]);
        }
        upsert.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        upsert.close();
    }
}

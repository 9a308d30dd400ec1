package tradecanvas.load.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A table of the same shape as the candles of the contract, and a hypertable where the database has TimescaleDB.
 *
 * @param name needs no quotes
 */
public record CandleTable(String name) {
    private static final int CHUNK_SECONDS = 604_800; // the server's default

    static final String COLUMNS = "series_id, candle_time, open, high, low, close, volume";

    /** Makes it anew. */
    public static CandleTable create(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + name);
            statement.execute("CREATE TABLE " + name + "(series_id TEXT NOT NULL, candle_time BIGINT NOT NULL,"
                    + " open DOUBLE PRECISION NOT NULL, high DOUBLE PRECISION NOT NULL, low DOUBLE PRECISION NOT NULL,"
                    + " close DOUBLE PRECISION NOT NULL, volume DOUBLE PRECISION NOT NULL,"
                    + " PRIMARY KEY(series_id, candle_time))");
            if (hasTimescale(statement)) {
                statement.execute("SELECT create_hypertable('" + name + "', 'candle_time', chunk_time_interval => "
                        + CHUNK_SECONDS + ", create_default_indexes => FALSE)");
            }
        }
        return new CandleTable(name);
    }

    /** Removes it. */
    public void drop(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE " + name);
        }
    }

    String upsertOf(String values) {
        return "INSERT INTO " + name + "(" + COLUMNS + ") " + values
                + " ON CONFLICT (series_id, candle_time) DO UPDATE SET open = excluded.open, high = excluded.high,"
                + " low = excluded.low, close = excluded.close, volume = excluded.volume";
    }

    private static boolean hasTimescale(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT 1 FROM pg_extension WHERE extname = 'timescaledb'")) {
            return found.next();
        }
    }
}

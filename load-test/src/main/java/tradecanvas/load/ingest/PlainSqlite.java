package tradecanvas.load.ingest;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import tradecanvas.load.client.CandleSource;
import tradecanvas.model.candle.Candle;

/**
 * The measuring rod: the candle table of the contract, written by one connection with nothing around it. WAL and
 * {@code synchronous=FULL}, as the server must.
 */
final class PlainSqlite {
    private static final String UPSERT = """
            INSERT INTO candles(series_id, candle_time, open, high, low, close, volume) VALUES(?,?,?,?,?,?,?)
            ON CONFLICT(series_id, candle_time) DO UPDATE SET
              open=excluded.open, high=excluded.high, low=excluded.low, close=excluded.close, volume=excluded.volume""";

    private PlainSqlite() {}

    /** Writes new rows for a time. Shape: {@code file} does not exist yet. Errors: SQLException. */
    static IngestFigures write(Path file, int rowsPerCommit, Duration time) throws SQLException {
        Histogram latencyMicros = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
        CandleSource source = new CandleSource("binance:futures:SQL/USDT:1m");
        long rows = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            prepare(connection);
            try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
                long start = System.nanoTime();
                long now = start;
                while (now - start < time.toNanos()) {
                    List<Candle> candles = source.next(rowsPerCommit);
                    long before = System.nanoTime();
                    commit(connection, upsert, source.seriesId(), candles);
                    now = System.nanoTime();
                    latencyMicros.recordValue((now - before) / 1_000);
                    rows += rowsPerCommit;
                }
                return IngestFigures.of(rows, Duration.ofNanos(now - start), latencyMicros);
            }
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=FULL");
            statement.execute("""
                    CREATE TABLE candles(series_id TEXT NOT NULL, candle_time INTEGER NOT NULL, open REAL NOT NULL,
                      high REAL NOT NULL, low REAL NOT NULL, close REAL NOT NULL, volume REAL NOT NULL,
                      PRIMARY KEY(series_id, candle_time))""");
            statement.execute("CREATE INDEX idx_candles_series_time ON candles(series_id, candle_time)");
        }
        connection.setAutoCommit(false);
    }

    private static void commit(Connection connection, PreparedStatement upsert, String series, List<Candle> candles)
            throws SQLException {
        for (Candle candle : candles) {
            upsert.setString(1, series);
            upsert.setLong(2, candle.openTime());
            upsert.setDouble(3, candle.open());
            upsert.setDouble(4, candle.high());
            upsert.setDouble(5, candle.low());
            upsert.setDouble(6, candle.close());
            upsert.setDouble(7, candle.volume());
            upsert.addBatch();
        }
        upsert.executeBatch();
        connection.commit();
    }
}

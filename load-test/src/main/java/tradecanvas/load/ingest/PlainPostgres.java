package tradecanvas.load.ingest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import tradecanvas.load.client.CandleSource;
import tradecanvas.load.postgres.CandleTable;
import tradecanvas.load.postgres.PlainWriter;
import tradecanvas.load.postgres.RunDatabase;
import tradecanvas.model.candle.Candle;

/** The other measuring rod: batches of the same size by one connection to PostgreSQL, each an upsert and a commit. */
final class PlainPostgres {
    private static final String TABLE = "plain_candles";

    private PlainPostgres() {}

    /** Writes new rows for a time into a table made anew. Errors: SQLException. */
    static IngestFigures write(RunDatabase database, int rowsPerCommit, Duration time) throws SQLException {
        Histogram latencyMicros = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
        CandleSource source = new CandleSource("binance:futures:SQL/USDT:1m");
        long rows = 0;
        try (Connection connection = database.connect()) {
            CandleTable table = CandleTable.create(connection, TABLE);
            try (PlainWriter writer = new PlainWriter(connection, table)) {
                long start = System.nanoTime();
                long now = start;
                while (now - start < time.toNanos()) {
                    List<Candle> candles = source.next(rowsPerCommit);
                    long before = System.nanoTime();
                    writer.write(source.seriesId(), candles);
                    now = System.nanoTime();
                    latencyMicros.recordValue((now - before) / 1_000);
                    rows += rowsPerCommit;
                }
                return IngestFigures.of(rows, Duration.ofNanos(now - start), latencyMicros);
            } finally {
                table.drop(connection);
            }
        }
    }
}

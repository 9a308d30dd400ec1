package tradecanvas.load.mirror;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import tradecanvas.load.postgres.CandleTable;
import tradecanvas.load.postgres.PlainCopy;
import tradecanvas.load.postgres.PlainRowWriter;
import tradecanvas.load.postgres.PlainWriter;
import tradecanvas.load.postgres.RunDatabase;
import tradecanvas.model.candle.Candle;

/** The same rows by one JDBC connection into a table of the same shape, made anew for each way. */
record PlainWays(RunDatabase database, Posts posts) {
    private static final String TABLE = "plain_candles";

    MirrorFigures copy() throws SQLException {
        return intoNewTable((connection, table) -> {
            PlainCopy copy = new PlainCopy(connection, table);
            Iterator<Posts.Batch> batches = posts.batches();
            while (batches.hasNext()) {
                Posts.Batch batch = batches.next();
                copy.write(batch.series(), batch.candles());
            }
            copy.end();
            return posts.rows();
        });
    }

    MirrorFigures unnest(int rowsPerCommit) throws SQLException {
        return intoNewTable((connection, table) -> {
            try (PlainWriter writer = new PlainWriter(connection, table)) {
                Iterator<Posts.Batch> batches = posts.inBatchesOf(rowsPerCommit).batches();
                while (batches.hasNext()) {
                    Posts.Batch batch = batches.next();
                    writer.write(batch.series(), batch.candles());
                }
            }
            return posts.rows();
        });
    }

    /** The first rows only, as many as there is time for. */
    MirrorFigures rows(Duration time) throws SQLException {
        return intoNewTable((connection, table) -> {
            long end = System.nanoTime() + time.toNanos();
            long written = 0;
            try (PlainRowWriter writer = new PlainRowWriter(connection, table)) {
                Iterator<Posts.Batch> batches = posts.inBatchesOf(1).batches();
                while (batches.hasNext() && System.nanoTime() - end < 0) {
                    Posts.Batch batch = batches.next();
                    for (Candle candle : batch.candles()) {
                        writer.write(batch.series(), candle);
                        written++;
                    }
                }
            }
            return written;
        });
    }

    /** Writes, and says how many rows. */
    @FunctionalInterface
    private interface Way {
        long write(Connection connection, CandleTable table) throws SQLException;
    }

    private MirrorFigures intoNewTable(Way way) throws SQLException {
        try (Connection connection = database.connect()) {
            CandleTable table = CandleTable.create(connection, TABLE);
            long start = System.nanoTime();
            long rows = way.write(connection, table);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            table.drop(connection);
            return MirrorFigures.of(rows, elapsed);
        }
    }
}

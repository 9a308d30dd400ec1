package tradecanvas.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

/**
 * Writes candles by primary key, many rows a statement, since most of a single-row statement is its start and end.
 *
 * <p>Rows of one statement are written one after the other, so a key may come twice and the later one wins. Owner: the
 * thread that owns the connection.
 */
final class CandleUpsert {
    /** Rows a statement; batches of 500 on tmpfs in rows/s: 1 gives 190k, 8 350k, 16 480k, 64 600k, 128 640k. */
    private static final List<Integer> ROWS_A_STATEMENT = List.of(64, 8, 1);

    private static final String INSERT =
            "INSERT INTO candles (series_id, candle_time, open, high, low, close, volume) VALUES ";
    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?)";
    private static final String OVERWRITE = " ON CONFLICT (series_id, candle_time) DO UPDATE SET open = excluded.open,"
            + " high = excluded.high, low = excluded.low, close = excluded.close, volume = excluded.volume";

    private record Row(SeriesId series, Candle candle) {}

    private record Sized(int rows, PreparedStatement statement) {}

    private final List<Sized> statements = new ArrayList<>();
    private final List<Row> waiting = new ArrayList<>();

    CandleUpsert(Connection connection) throws SQLException {
        for (int rows : ROWS_A_STATEMENT) {
            String values =
                    String.join(", ", Stream.generate(() -> ROW).limit(rows).toList());
            statements.add(new Sized(rows, connection.prepareStatement(INSERT + values + OVERWRITE)));
        }
    }

    /** Takes a row; it is written now or by {@link #flush}. */
    void add(SeriesId series, Candle candle) throws SQLException {
        waiting.add(new Row(series, candle));
        if (waiting.size() == ROWS_A_STATEMENT.getFirst()) {
            flush();
        }
    }

    /** Writes the rows that wait. */
    void flush() throws SQLException {
        int written = 0;
        for (Sized sized : statements) {
            while (waiting.size() - written >= sized.rows()) {
                write(sized.statement(), waiting.subList(written, written + sized.rows()));
                written += sized.rows();
            }
        }
        waiting.clear();
    }

    /** Forgets the rows that wait. */
    void discard() {
        waiting.clear();
    }

    private static void write(PreparedStatement statement, List<Row> rows) throws SQLException {
        int position = 1;
        for (Row row : rows) {
            statement.setString(position++, row.series().text());
            statement.setLong(position++, row.candle().openTime());
            statement.setDouble(position++, row.candle().open());
            statement.setDouble(position++, row.candle().high());
            statement.setDouble(position++, row.candle().low());
            statement.setDouble(position++, row.candle().close());
            statement.setDouble(position++, row.candle().volume());
        }
        statement.executeUpdate();
    }
}

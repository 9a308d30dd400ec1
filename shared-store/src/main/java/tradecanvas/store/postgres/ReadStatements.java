package tradecanvas.store.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.GapSummary;
import tradecanvas.store.api.GapWalk;
import tradecanvas.store.api.SeriesExtent;

/** The statements that read candles. Each is one statement, so that what it gives belongs to one state. Threads: any. */
final class ReadStatements {
    private static final String VALUES = "candle_time, open, high, low, close, volume";
    private static final int HEAD_COLUMN = 6;

    /** Times a fetch of the walk over a whole series: 160 kB. */
    private static final int TIMES_A_FETCH = 20_000;

    private final String newest;
    private final String after;
    private final String range;
    private final String count;
    private final String extent;
    private final String times;

    ReadStatements(String quotedSchema) {
        String ofSeries = " FROM " + quotedSchema + ".candles WHERE series_id = $1";
        newest = "SELECT " + VALUES + ofSeries + " AND candle_time >= $2 ORDER BY candle_time DESC LIMIT $3";
        after = "WITH page AS (SELECT " + VALUES + ofSeries
                + " AND candle_time > $2 AND candle_time <= $3 ORDER BY candle_time LIMIT $4)"
                + " SELECT page.*, (SELECT candle_time" + ofSeries
                + " AND candle_time >= $5 ORDER BY candle_time DESC LIMIT 1)"
                + " FROM (VALUES (0)) AS always LEFT JOIN page ON TRUE ORDER BY page.candle_time";
        range = "SELECT " + VALUES + ofSeries + " AND candle_time BETWEEN $2 AND $3 ORDER BY candle_time LIMIT $4";
        count = "SELECT count(*)" + ofSeries + " AND candle_time BETWEEN $2 AND $3";
        extent = "SELECT min(candle_time), max(candle_time), count(*)" + ofSeries;
        times = "SELECT candle_time" + ofSeries + " ORDER BY candle_time";
    }

    /** The newest candles, none before {@code from}; {@code limit} is positive. */
    Future<CandlePage> newest(SqlConnection connection, SeriesId series, long from, int limit) {
        return connection
                .preparedQuery(newest)
                .execute(Tuple.of(series.text(), from, limit))
                .map(rows -> {
                    List<Candle> candles = candles(rows);
                    Collections.reverse(candles);
                    return candles.isEmpty()
                            ? CandlePage.EMPTY
                            : new CandlePage(
                                    Collections.unmodifiableList(candles),
                                    candles.getLast().openTime());
                });
    }

    /**
     * The oldest candles after {@code since} and not after {@code to}, and the head where it is not before
     * {@code headFrom}.
     */
    Future<CandlePage> after(SqlConnection connection, SeriesId series, long since, long to, int limit, long headFrom) {
        return connection
                .preparedQuery(after)
                .execute(Tuple.of(series.text(), since, to, limit, headFrom))
                .map(rows -> {
                    Long head = rows.iterator().next().getLong(HEAD_COLUMN);
                    return new CandlePage(Collections.unmodifiableList(candles(rows)), head);
                });
    }

    Future<List<Candle>> range(SqlConnection connection, SeriesId series, long from, long to, int limit) {
        return connection
                .preparedQuery(range)
                .execute(Tuple.of(series.text(), from, to, limit))
                .map(rows -> Collections.unmodifiableList(candles(rows)));
    }

    Future<Long> count(SqlConnection connection, SeriesId series, long from, long to) {
        return connection
                .preparedQuery(count)
                .execute(Tuple.of(series.text(), from, to))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Future<SeriesExtent> extent(SqlConnection connection, SeriesId series) {
        return connection.preparedQuery(extent).execute(Tuple.of(series.text())).map(rows -> {
            Row row = rows.iterator().next();
            return new SeriesExtent(row.getLong(0), row.getLong(1), row.getLong(2));
        });
    }

    /** In Java, as the truth does it; a cursor lives in a transaction, which ends with the lending of the connection. */
    Future<GapSummary> gaps(SqlConnection connection, SeriesId series, int recentLimit) {
        GapWalk walk = new GapWalk(series.timeframe(), recentLimit);
        return connection
                .begin()
                .compose(transaction -> connection
                        .prepare(times)
                        .compose(statement -> walk(statement.cursor(Tuple.of(series.text())), walk))
                        .eventually(() -> transaction.rollback()))
                .map(end -> walk.summary());
    }

    private static Future<Void> walk(Cursor cursor, GapWalk walk) {
        return cursor.read(TIMES_A_FETCH).compose(rows -> {
            rows.forEach(row -> walk.next(row.getLong(0)));
            return cursor.hasMore() ? walk(cursor, walk) : cursor.close();
        });
    }

    /** A row without a time stands for a page without candles. */
    private static List<Candle> candles(RowSet<Row> rows) {
        List<Candle> candles = new ArrayList<>(rows.size());
        for (Row row : rows) {
            @Nullable Long time = row.getLong(0);
            if (time != null) {
                candles.add(new Candle(
                        time,
                        row.getDouble(1),
                        row.getDouble(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5)));
            }
        }
        return candles;
    }
}

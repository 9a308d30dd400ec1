package tradecanvas.store.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collector;
import tradecanvas.store.digest.Digest;
import tradecanvas.store.digest.DigestReader;
import tradecanvas.store.digest.PartDigests;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.digest.SeriesSpan;
import tradecanvas.store.digest.TimeParts;

/**
 * The mirror as it is compared. Rows are added up as they arrive and not kept; the protocol's binary form carries doubles bit
 * for bit.
 *
 * <p>Series come in the order of the database's collation, which the index has. Threads: any; stages complete on event loops.
 */
final class PostgresDigestReader implements DigestReader {
    private final ReadConnections connections;
    private final ChunkPlans plans;
    private final String series;
    private final String rows;

    PostgresDigestReader(ReadConnections connections, ChunkPlans plans, String quotedSchema) {
        this.connections = connections;
        this.plans = plans;
        String candles = " FROM " + quotedSchema + ".candles ";
        // evaluated as far as its reader wants rows, so the limit ends it
        series = "WITH RECURSIVE ids(id) AS ("
                + "(SELECT series_id" + candles + "WHERE series_id > $1 ORDER BY series_id LIMIT 1)"
                + " UNION ALL SELECT (SELECT series_id" + candles
                + "WHERE series_id > ids.id ORDER BY series_id LIMIT 1)"
                + " FROM ids WHERE ids.id IS NOT NULL)"
                + " SELECT id, (SELECT candle_time" + candles + "WHERE series_id = id ORDER BY candle_time LIMIT 1),"
                + " (SELECT candle_time" + candles + "WHERE series_id = id ORDER BY candle_time DESC LIMIT 1)"
                + " FROM ids WHERE id IS NOT NULL LIMIT $2";
        rows = "SELECT candle_time, open, high, low, close, volume" + candles
                + "WHERE series_id = $1 AND candle_time BETWEEN $2 AND $3 ORDER BY candle_time LIMIT $4";
    }

    @Override
    public CompletionStage<List<SeriesSpan>> series(String after, int max) {
        DigestReader.requireWithin(SERIES_MAX, max, "max");
        return connections.ask(connection -> plans.ask(
                connection,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                () -> connection
                        .preparedQuery(series)
                        .execute(Tuple.of(after, (long) max))
                        .map(found -> {
                            List<SeriesSpan> spans = new ArrayList<>(found.size());
                            found.forEach(
                                    row -> spans.add(new SeriesSpan(row.getString(0), row.getLong(1), row.getLong(2))));
                            return spans;
                        })));
    }

    @Override
    public CompletionStage<List<Digest>> digests(String seriesId, TimeParts parts, int rowsMax) {
        DigestReader.requireWithin(DIGEST_ROWS_MAX, rowsMax, "rowsMax");
        PartDigests digests = new PartDigests(seriesId, parts, rowsMax);
        Consumer<Row> add = row ->
                digests.add(row.getLong(0), bits(row, 1), bits(row, 2), bits(row, 3), bits(row, 4), bits(row, 5));
        return read(seriesId, parts.from(), parts.to(), digests.rowsWanted(), add)
                .thenApply(_ -> digests.complete());
    }

    @Override
    public CompletionStage<List<RowBits>> rows(String seriesId, long from, long to, int max) {
        DigestReader.requireWithin(ROWS_MAX, max, "max");
        List<RowBits> found = new ArrayList<>();
        Consumer<Row> add = row -> found.add(
                new RowBits(row.getLong(0), bits(row, 1), bits(row, 2), bits(row, 3), bits(row, 4), bits(row, 5)));
        return read(seriesId, from, to, max, add).thenApply(_ -> found);
    }

    private static long bits(Row row, int column) {
        return Double.doubleToRawLongBits(row.getDouble(column));
    }

    private CompletionStage<Void> read(String seriesId, long from, long to, int max, Consumer<Row> each) {
        if (seriesId.indexOf('\0') >= 0) {
            return CompletableFuture.completedStage(null); // PostgreSQL has no such text
        }
        return connections.ask(connection -> plans.ask(
                connection, from, to, () -> read(connection, Tuple.of(seriesId, from, to, (long) max), each)));
    }

    private Future<Void> read(SqlConnection connection, Tuple parameters, Consumer<Row> each) {
        return connection
                .preparedQuery(rows)
                .collecting(Collector.<Row, Consumer<Row>>of(
                        () -> each, Consumer::accept, (left, _) -> left, Collector.Characteristics.IDENTITY_FINISH))
                .execute(parameters)
                .mapEmpty();
    }
}

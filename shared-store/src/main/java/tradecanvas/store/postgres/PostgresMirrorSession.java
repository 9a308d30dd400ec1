package tradecanvas.store.postgres;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.candle.Candle;
import tradecanvas.store.outbox.MirrorFencedException;
import tradecanvas.store.outbox.MirrorRow;
import tradecanvas.store.outbox.MirrorSession;

/**
 * A connection that writes while its session number stands in {@code tc_mirror_writer}.
 *
 * <p>Each write is one statement that looks at the number and holds its row until it has committed. A claim waits for the
 * writes that hold it, and those that come later, however long they were on their way, find another number.
 */
final class PostgresMirrorSession implements MirrorSession {
    private final Context context;
    private final PgConnection connection;
    private final long session;
    private final String save;
    private final String delete;

    PostgresMirrorSession(Vertx vertx, PgConnection connection, long session, String quotedSchema) {
        this.connection = connection;
        this.session = session;
        context = vertx.getOrCreateContext();
        String fence = "WITH fence AS MATERIALIZED (SELECT 1 FROM " + quotedSchema
                + ".tc_mirror_writer WHERE id = 1 AND session = $1 FOR SHARE)";
        save = fence + " INSERT INTO " + quotedSchema
                + ".candles (series_id, candle_time, open, high, low, close, volume)"
                + " SELECT rows.* FROM fence, unnest($2::text[], $3::bigint[], $4::float8[], $5::float8[],"
                + " $6::float8[], $7::float8[], $8::float8[]) AS rows"
                + " ON CONFLICT (series_id, candle_time) DO UPDATE SET open = excluded.open, high = excluded.high,"
                + " low = excluded.low, close = excluded.close, volume = excluded.volume";
        delete = fence + ", deleted AS (DELETE FROM " + quotedSchema + ".candles USING fence"
                + " WHERE series_id = $2 AND candle_time BETWEEN $3 AND $4"
                + " AND NOT EXISTS (SELECT 1 FROM unnest($5::bigint[]) AS kept(at) WHERE kept.at = candle_time))"
                + " SELECT count(*) FROM fence";
    }

    @Override
    public CompletionStage<Void> save(List<MirrorRow> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no rows to save");
        }
        return write(save, parameters(rows), result -> result.rowCount() > 0);
    }

    @Override
    public CompletionStage<Void> delete(String seriesId, long from, long to, List<Long> keep) {
        Tuple parameters = Tuple.of(session, seriesId, from, to, keep.toArray(Long[]::new));
        return write(delete, parameters, result -> result.iterator().next().getLong(0) > 0);
    }

    /** Tells from a result whether the session still counts. */
    @FunctionalInterface
    private interface HeldCheck {
        boolean isHeld(RowSet<Row> result);
    }

    private CompletionStage<Void> write(String sql, Tuple parameters, HeldCheck check) {
        Promise<Void> promise = Promise.promise();
        // always through the queue of one event loop: a caller that is on the loop would overtake one that is not
        context.runOnContext(now -> connection
                .preparedQuery(sql)
                .execute(parameters)
                .compose(
                        result -> check.isHeld(result) ? Future.<Void>succeededFuture() : Future.failedFuture(fenced()))
                .recover(failure -> Future.failedFuture(Failures.ofWriting(failure)))
                .onComplete(promise));
        return promise.future().toCompletionStage();
    }

    private MirrorFencedException fenced() {
        return new MirrorFencedException("session " + session + " of the mirror has ended, a later one has claimed it");
    }

    private Tuple parameters(List<MirrorRow> rows) {
        int size = rows.size();
        String[] series = new String[size];
        Long[] times = new Long[size];
        Double[][] values = new Double[5][size];
        for (int i = 0; i < size; i++) {
            Candle candle = rows.get(i).candle();
            series[i] = rows.get(i).seriesId();
            times[i] = candle.openTime();
            values[0][i] = candle.open();
            values[1][i] = candle.high();
            values[2][i] = candle.low();
            values[3][i] = candle.close();
            values[4][i] = candle.volume();
        }
        Tuple parameters = Tuple.of(session, series, times);
        for (Double[] column : values) {
            parameters.addArrayOfDouble(column);
        }
        return parameters;
    }

    @Override
    public void close() {
        Sockets.end(connection);
    }
}

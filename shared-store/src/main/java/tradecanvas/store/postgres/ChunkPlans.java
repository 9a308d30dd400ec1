package tradecanvas.store.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Supplier;
import tradecanvas.store.postgres.PostgresSettings.Timescale;

/**
 * Chooses how the server plans a read of a hypertable.
 *
 * <p>A plan for the very values leaves all other chunks out: of 200 chunks one is planned, and 500 candles take 0.6 ms. But
 * a read of most chunks then pays for planning them all, 12 ms; the plan that is kept for any values takes 1.8 ms. Left to
 * itself the server takes the kept one for both. Without a hypertable its choice is good.
 */
final class ChunkPlans {
    /** From so many chunks on the kept plan is the cheaper one. */
    private static final int CHUNKS_MANY = 16;

    static final String MODE = "plan_cache_mode";
    static final String FOR_THE_VALUES = "force_custom_plan";
    private static final String FOR_ANY_VALUES = "force_generic_plan";

    private final boolean chunked;
    private final long secondsMany;

    ChunkPlans(Timescale timescale) {
        chunked = timescale.on();
        secondsMany = timescale.chunkIntervalSeconds() > Long.MAX_VALUE / CHUNKS_MANY
                ? Long.MAX_VALUE
                : timescale.chunkIntervalSeconds() * CHUNKS_MANY;
    }

    /** Asks with the plan that fits the span between two times; its settings and the query are sent without waiting. */
    <T> Future<T> ask(SqlConnection connection, long from, long to, Supplier<Future<T>> query) {
        long span = to - from;
        boolean many = from < to && (span < 0 || span > secondsMany);
        if (!chunked || !many) {
            return query.get();
        }
        connection.query("SET " + MODE + " = " + FOR_ANY_VALUES).execute();
        Future<T> answer = query.get();
        connection.query("SET " + MODE + " = " + FOR_THE_VALUES).execute();
        return answer;
    }
}

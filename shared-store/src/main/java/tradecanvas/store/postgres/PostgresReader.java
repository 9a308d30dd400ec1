package tradecanvas.store.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.GapSummary;
import tradecanvas.store.api.SeriesExtent;

/**
 * The read side. A page is asked for with bounds of time that most likely hold it, which spares the server all other
 * chunks; where they do not, it is asked for again without them.
 *
 * <p>Threads: any; stages complete on event loops. Errors: also
 * {@link tradecanvas.store.api.StoreUnavailableException} where the server did not answer in time.
 */
final class PostgresReader implements CandleReader {
    private static final long UNBOUNDED_FROM = Long.MIN_VALUE;
    private static final long UNBOUNDED_TO = Long.MAX_VALUE;

    private final ReadConnections connections;
    private final ReadStatements statements;
    private final ChunkPlans plans;
    private final HeadHints hints = new HeadHints();

    PostgresReader(ReadConnections connections, ReadStatements statements, ChunkPlans plans) {
        this.plans = plans;
        this.connections = connections;
        this.statements = statements;
    }

    @Override
    public CompletionStage<CandlePage> newest(SeriesId series, int limit) {
        requireLimit(limit);
        if (limit == 0) {
            return newest(series, 1).thenApply(page -> new CandlePage(List.of(), page.head()));
        }
        return connections.ask(connection -> newest(connection, series, limit));
    }

    private Future<CandlePage> newest(SqlConnection connection, SeriesId series, int limit) {
        @Nullable Long hint = hints.of(series);
        Future<CandlePage> page =
                hint == null ? newestOfAll(connection, series, limit) : newestBefore(hint, connection, series, limit);
        return page.onSuccess(found -> hints.remember(series, found.head()));
    }

    private Future<CandlePage> newestBefore(long head, SqlConnection connection, SeriesId series, int limit) {
        long from = Spans.before(head, limit, series.timeframe());
        return plans.ask(connection, from, head, () -> statements.newest(connection, series, from, limit))
                .compose(page -> page.candles().size() == limit
                        ? Future.succeededFuture(page)
                        : newestOfAll(connection, series, limit));
    }

    private Future<CandlePage> newestOfAll(SqlConnection connection, SeriesId series, int limit) {
        return plans.ask(
                connection,
                UNBOUNDED_FROM,
                UNBOUNDED_TO,
                () -> statements.newest(connection, series, UNBOUNDED_FROM, limit));
    }

    @Override
    public CompletionStage<CandlePage> after(SeriesId series, long since, int limit) {
        requireLimit(limit);
        return connections.ask(connection -> after(connection, series, since, limit));
    }

    private Future<CandlePage> after(SqlConnection connection, SeriesId series, long since, int limit) {
        @Nullable Long hint = hints.of(series);
        Future<CandlePage> page = hint == null
                ? afterOfAll(connection, series, since, limit)
                : afterWithin(hint, connection, series, since, limit);
        return page.onSuccess(found -> hints.remember(series, found.head()));
    }

    private Future<CandlePage> afterWithin(
            long headFrom, SqlConnection connection, SeriesId series, long since, int limit) {
        long to = Spans.after(since, limit, series.timeframe());
        return plans.ask(connection, since, to, () -> statements.after(connection, series, since, to, limit, headFrom))
                .compose(page -> isWhole(page, to, limit)
                        ? Future.succeededFuture(page)
                        : afterOfAll(connection, series, since, limit));
    }

    private Future<CandlePage> afterOfAll(SqlConnection connection, SeriesId series, long since, int limit) {
        return plans.ask(
                connection,
                UNBOUNDED_FROM,
                UNBOUNDED_TO,
                () -> statements.after(connection, series, since, UNBOUNDED_TO, limit, UNBOUNDED_FROM));
    }

    /** Whether the bounds have cut nothing off: neither the head nor candles of the page. */
    private static boolean isWhole(CandlePage page, long to, int limit) {
        @Nullable Long head = page.head();
        return head != null && (page.candles().size() == limit || head <= to);
    }

    @Override
    public CompletionStage<List<Candle>> range(SeriesId series, long from, long to, int limit) {
        requireLimit(limit);
        return connections.ask(connection ->
                plans.ask(connection, from, to, () -> statements.range(connection, series, from, to, limit)));
    }

    @Override
    public CompletionStage<Long> count(SeriesId series, long from, long to) {
        return connections.ask(
                connection -> plans.ask(connection, from, to, () -> statements.count(connection, series, from, to)));
    }

    @Override
    public CompletionStage<SeriesExtent> extent(SeriesId series) {
        return connections.ask(connection ->
                plans.ask(connection, UNBOUNDED_FROM, UNBOUNDED_TO, () -> statements.extent(connection, series)));
    }

    @Override
    public CompletionStage<GapSummary> gaps(SeriesId series, int recentLimit) {
        requireLimit(recentLimit);
        return connections.ask(connection -> statements.gaps(connection, series, recentLimit));
    }

    private static void requireLimit(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit " + limit + " is negative");
        }
    }
}

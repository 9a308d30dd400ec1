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
    private final HeadHints hints = new HeadHints();

    PostgresReader(ReadConnections connections, ReadStatements statements) {
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
        Long hint = hints.of(series);
        long from = hint == null ? UNBOUNDED_FROM : Spans.before(hint, limit, series.timeframe());
        return statements
                .newest(connection, series, from, limit)
                .compose(page -> page.candles().size() == limit || from == UNBOUNDED_FROM
                        ? Future.succeededFuture(page)
                        : statements.newest(connection, series, UNBOUNDED_FROM, limit))
                .onSuccess(page -> hints.remember(series, page.head()));
    }

    @Override
    public CompletionStage<CandlePage> after(SeriesId series, long since, int limit) {
        requireLimit(limit);
        return connections.ask(connection -> after(connection, series, since, limit));
    }

    private Future<CandlePage> after(SqlConnection connection, SeriesId series, long since, int limit) {
        Long hint = hints.of(series);
        long headFrom = hint == null ? UNBOUNDED_FROM : hint;
        long to = Spans.after(since, limit, series.timeframe());
        return statements
                .after(connection, series, since, to, limit, headFrom)
                .compose(page -> isWhole(page, to, limit, headFrom)
                        ? Future.succeededFuture(page)
                        : statements.after(connection, series, since, UNBOUNDED_TO, limit, UNBOUNDED_FROM))
                .onSuccess(page -> hints.remember(series, page.head()));
    }

    /** Whether the bounds have cut nothing off: neither the head nor candles of the page. */
    private static boolean isWhole(CandlePage page, long to, int limit, long headFrom) {
        @Nullable Long head = page.head();
        return head == null ? headFrom == UNBOUNDED_FROM : page.candles().size() == limit || head <= to;
    }

    @Override
    public CompletionStage<List<Candle>> range(SeriesId series, long from, long to, int limit) {
        requireLimit(limit);
        return connections.ask(connection -> statements.range(connection, series, from, to, limit));
    }

    @Override
    public CompletionStage<Long> count(SeriesId series, long from, long to) {
        return connections.ask(connection -> statements.count(connection, series, from, to));
    }

    @Override
    public CompletionStage<SeriesExtent> extent(SeriesId series) {
        return connections.ask(connection -> statements.extent(connection, series));
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

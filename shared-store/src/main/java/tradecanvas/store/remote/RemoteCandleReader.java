package tradecanvas.store.remote;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.GapSummary;
import tradecanvas.store.api.SeriesExtent;

/**
 * The worker's truth, read over HTTP.
 *
 * <p>Threads: any; stages complete on an event loop, at the latest after the timeout of the bounds. Errors:
 * {@link tradecanvas.store.api.StoreOverloadedException} where too many requests wait here or there,
 * {@link tradecanvas.store.api.StoreUnavailableException} where the worker does not answer, {@link RemoteStoreException}
 * where it answers something else.
 */
public final class RemoteCandleReader implements CandleReader, AutoCloseable {
    private final WorkerHttp worker;

    /** @param worker {@code http://host:port} of the internal listener */
    public RemoteCandleReader(Vertx vertx, URI worker, RemoteBounds bounds) {
        this.worker = new WorkerHttp(vertx, worker, bounds);
    }

    @Override
    public CompletionStage<CandlePage> newest(SeriesId series, int limit) {
        requireLimit(limit, InternalApi.CANDLES_MAX);
        return worker.get(of(InternalApi.NEWEST, series) + "&limit=" + limit, Answers::page);
    }

    @Override
    public CompletionStage<CandlePage> after(SeriesId series, long since, int limit) {
        requireLimit(limit, InternalApi.CANDLES_MAX);
        return worker.get(of(InternalApi.AFTER, series) + "&since=" + since + "&limit=" + limit, Answers::page);
    }

    @Override
    public CompletionStage<List<Candle>> range(SeriesId series, long from, long to, int limit) {
        requireLimit(limit, InternalApi.CANDLES_MAX);
        return worker.get(
                of(InternalApi.RANGE, series) + "&from=" + from + "&to=" + to + "&limit=" + limit, Answers::candles);
    }

    @Override
    public CompletionStage<Long> count(SeriesId series, long from, long to) {
        return worker.get(of(InternalApi.COUNT, series) + "&from=" + from + "&to=" + to, Answers::count);
    }

    @Override
    public CompletionStage<SeriesExtent> extent(SeriesId series) {
        return worker.get(of(InternalApi.EXTENT, series), Answers::extent);
    }

    @Override
    public CompletionStage<GapSummary> gaps(SeriesId series, int recentLimit) {
        requireLimit(recentLimit, InternalApi.GAPS_MAX);
        return worker.get(of(InternalApi.GAPS, series) + "&limit=" + recentLimit, Answers::gaps);
    }

    /** Gives the connections up; requests under way fail. */
    @Override
    public void close() {
        worker.close();
    }

    private static String of(String path, SeriesId series) {
        return path + "?series_id=" + URLEncoder.encode(series.text(), StandardCharsets.UTF_8);
    }

    private static void requireLimit(int limit, int limitMax) {
        if (limit < 0 || limit > limitMax) {
            throw new IllegalArgumentException("limit " + limit + " is not within 0.." + limitMax);
        }
    }
}

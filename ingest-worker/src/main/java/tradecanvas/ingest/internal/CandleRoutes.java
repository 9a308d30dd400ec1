package tradecanvas.ingest.internal;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.series.SeriesIdException;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.http.QueryReader;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.remote.InternalApi;
import tradecanvas.store.remote.StoreAnswers;

/** {@code GET /internal/candles/*}: the port {@link CandleReader} over HTTP, method by method. */
public final class CandleRoutes implements InternalRoutes {
    private static final int CANDLES_DEFAULT = 500;
    private static final int GAPS_DEFAULT = 5;

    private final CandleReader truth;

    public CandleRoutes(CandleReader truth) {
        this.truth = truth;
    }

    @Override
    public List<InternalRoute> routes() {
        return List.of(
                get(InternalApi.NEWEST, this::newest),
                get(InternalApi.AFTER, this::after),
                get(InternalApi.RANGE, this::range),
                get(InternalApi.COUNT, this::count),
                get(InternalApi.EXTENT, this::extent),
                get(InternalApi.GAPS, this::gaps));
    }

    private static InternalRoute get(String path, Handler<RoutingContext> handler) {
        return new InternalRoute(HttpMethod.GET, path, handler);
    }

    private void newest(RoutingContext request) {
        Query query = new Query(request);
        int limit = query.limit(CANDLES_DEFAULT, InternalApi.CANDLES_MAX);
        InternalAnswers.whenDone(request, truth.newest(query.series(), limit), StoreAnswers::page);
    }

    private void after(RoutingContext request) {
        Query query = new Query(request);
        long since = query.time("since");
        int limit = query.limit(CANDLES_DEFAULT, InternalApi.CANDLES_MAX);
        InternalAnswers.whenDone(request, truth.after(query.series(), since, limit), StoreAnswers::page);
    }

    private void range(RoutingContext request) {
        Query query = new Query(request);
        long from = query.time("from");
        long to = query.time("to");
        int limit = query.limit(CANDLES_DEFAULT, InternalApi.CANDLES_MAX);
        InternalAnswers.whenDone(request, truth.range(query.series(), from, to, limit), StoreAnswers::candles);
    }

    private void count(RoutingContext request) {
        Query query = new Query(request);
        long from = query.time("from");
        long to = query.time("to");
        InternalAnswers.whenDone(request, truth.count(query.series(), from, to), StoreAnswers::count);
    }

    private void extent(RoutingContext request) {
        InternalAnswers.whenDone(request, truth.extent(new Query(request).series()), StoreAnswers::extent);
    }

    private void gaps(RoutingContext request) {
        Query query = new Query(request);
        int limit = query.limit(GAPS_DEFAULT, InternalApi.GAPS_MAX);
        InternalAnswers.whenDone(request, truth.gaps(query.series(), limit), StoreAnswers::gaps);
    }

    /** The parameters of one request; {@link #series} is read last, as it ends the request where anything is wrong. */
    private static final class Query {
        private final QueryReader parameters;
        private final String series;

        Query(RoutingContext request) {
            parameters = QueryReader.of(request.request().query());
            series = parameters.requiredString("series_id", 1);
        }

        long time(String name) {
            return parameters.requiredIntegerAtLeast(name, Long.MIN_VALUE);
        }

        int limit(int whenAbsent, int maximum) {
            return parameters.integer("limit", whenAbsent, 0, maximum);
        }

        SeriesId series() {
            parameters.verify();
            try {
                return SeriesId.parse(series);
            } catch (SeriesIdException notASeries) {
                throw new HttpError(400, String.valueOf(notASeries.getMessage()));
            }
        }
    }
}

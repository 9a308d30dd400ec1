package tradecanvas.ingest.internal;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.http.QueryReader;
import tradecanvas.store.digest.DigestReader;
import tradecanvas.store.digest.TimeParts;
import tradecanvas.store.remote.DigestJson;
import tradecanvas.store.remote.InternalApi;

/** {@code GET /internal/digest/*}: the port {@link DigestReader} over HTTP. Series are any text that the file holds. */
public final class DigestRoutes implements InternalRoutes {
    private static final int PARTS_DEFAULT = 64;
    private static final int ROWS_DEFAULT = 100_000;

    private final DigestReader truth;

    public DigestRoutes(DigestReader truth) {
        this.truth = truth;
    }

    @Override
    public List<InternalRoute> routes() {
        return List.of(
                new InternalRoute(HttpMethod.GET, InternalApi.DIGEST_SERIES, this::series),
                new InternalRoute(HttpMethod.GET, InternalApi.DIGEST_PARTS, this::parts),
                new InternalRoute(HttpMethod.GET, InternalApi.DIGEST_ROWS, this::rows));
    }

    private void series(RoutingContext request) {
        QueryReader query = QueryReader.of(request.request().query());
        String after = query.string("after", "", 0, Integer.MAX_VALUE);
        int limit = query.integer("limit", DigestReader.SERIES_MAX, 1, DigestReader.SERIES_MAX);
        query.verify();
        InternalAnswers.whenDone(request, truth.series(after, limit), DigestJson::series);
    }

    private void parts(RoutingContext request) {
        QueryReader query = QueryReader.of(request.request().query());
        String series = query.requiredString("series_id", 0);
        long from = query.requiredIntegerAtLeast("from", Long.MIN_VALUE);
        long to = query.requiredIntegerAtLeast("to", Long.MIN_VALUE);
        int parts = query.integer("parts", PARTS_DEFAULT, 2, TimeParts.PARTS_MAX);
        int rows = query.integer("rows", ROWS_DEFAULT, 1, DigestReader.DIGEST_ROWS_MAX);
        query.verify();
        requireRange(from, to);
        InternalAnswers.whenDone(
                request, truth.digests(series, new TimeParts(from, to, parts), rows), DigestJson::digests);
    }

    private void rows(RoutingContext request) {
        QueryReader query = QueryReader.of(request.request().query());
        String series = query.requiredString("series_id", 0);
        long from = query.requiredIntegerAtLeast("from", Long.MIN_VALUE);
        long to = query.requiredIntegerAtLeast("to", Long.MIN_VALUE);
        int limit = query.integer("limit", DigestReader.ROWS_MAX, 1, DigestReader.ROWS_MAX);
        query.verify();
        requireRange(from, to);
        InternalAnswers.whenDone(request, truth.rows(series, from, to, limit), DigestJson::rows);
    }

    private static void requireRange(long from, long to) {
        if (from > to) {
            throw new HttpError(400, "range " + from + ".." + to + " is empty");
        }
    }
}

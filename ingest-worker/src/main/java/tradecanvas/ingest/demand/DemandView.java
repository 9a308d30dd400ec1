package tradecanvas.ingest.demand;

import java.util.List;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.runtime.http.QueryReader;

/** The demand as others see it. Stateless. */
final class DemandView {
    private static final int SERIES_DEFAULT = 500;
    private static final int SERIES_MAX = 20_000;
    private static final int BYTES_PER_SERIES = 128;

    private DemandView() {}

    /** The parameter {@code limit}; nothing else is read from the query. */
    static int limit(QueryReader query) {
        int limit = query.integer("limit", SERIES_DEFAULT, 0, SERIES_MAX);
        query.verify();
        return limit;
    }

    static JsonBuffer toJson(DemandLeases demand, int limit) {
        List<SeriesDemand> shown = demand.snapshot(limit);
        JsonBuffer json = new JsonBuffer(128 + shown.size() * BYTES_PER_SERIES).ascii("{\"series\":[");
        String separator = "";
        for (SeriesDemand series : shown) {
            json.ascii(separator).ascii("{\"series_id\":").string(series.series());
            json.ascii(",\"watchers\":").number(series.watchers());
            json.ascii(",\"gateways\":").number((long) series.gateways());
            json.ascii(",\"expires_in_ms\":").number(series.expiresInMs()).ascii("}");
            separator = ",";
        }
        json.ascii("],\"series_count\":").number((long) demand.seriesCount());
        return json.ascii(",\"watchers\":").number(demand.watchers()).ascii("}");
    }
}

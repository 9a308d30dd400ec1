package tradecanvas.ingest.demand;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import tradecanvas.ingest.internal.InternalAnswers;
import tradecanvas.ingest.internal.InternalRoute;
import tradecanvas.ingest.internal.InternalRoutes;
import tradecanvas.runtime.http.QueryReader;
import tradecanvas.store.remote.InternalApi;

/** {@code GET /internal/demand}: which series are watched, for upstreams in other processes and for operators. */
public final class DemandRoutes implements InternalRoutes {
    private final DemandLeases demand;

    public DemandRoutes(DemandLeases demand) {
        this.demand = demand;
    }

    @Override
    public List<InternalRoute> routes() {
        return List.of(new InternalRoute(HttpMethod.GET, InternalApi.DEMAND, this::demand));
    }

    /** Away from the event loop, as it looks at every lease. */
    private void demand(RoutingContext request) {
        int limit = DemandView.limit(QueryReader.of(request.request().query()));
        Executor blocking = task -> request.vertx().executeBlocking(Executors.callable(task), false);
        InternalAnswers.whenDone(
                request, CompletableFuture.supplyAsync(() -> DemandView.toJson(demand, limit), blocking), json -> json);
    }
}

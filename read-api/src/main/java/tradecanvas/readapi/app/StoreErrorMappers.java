package tradecanvas.readapi.app;

import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import tradecanvas.runtime.http.JsonResponses;
import tradecanvas.store.api.StoreOverloadedException;
import tradecanvas.store.api.StoreUnavailableException;

/** What readers are told where a store cannot answer them now; anything else that fails is an internal error. */
public final class StoreErrorMappers {
    @ServerExceptionMapper
    public Response overloaded(StoreOverloadedException failure) {
        return JsonResponses.error(503, "store_overloaded");
    }

    @ServerExceptionMapper
    public Response unavailable(StoreUnavailableException failure) {
        return JsonResponses.error(503, "store_unavailable");
    }
}

package tradecanvas.ingest.demand;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import tradecanvas.runtime.config.RuntimeConfig;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.http.JsonResponses;
import tradecanvas.runtime.http.QueryReader;

/** Which series are watched, as on the internal listener. */
@Path("/api/market/debug/demand")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class DemandResource {
    private final DemandLeases demand;
    private final RuntimeConfig gates;

    DemandResource(DemandLeases demand, RuntimeConfig gates) {
        this.demand = demand;
        this.gates = gates;
    }

    @GET
    @Operation(summary = "Series with watchers at any gateway, by series id; needs TRADE_CANVAS_ENABLE_DEBUG_API")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.INTEGER, minimum = "0", maximum = "20000", defaultValue = "500"))
    @APIResponse(responseCode = "200", description = "the first series, and how many there are; see the reference page")
    @APIResponse(responseCode = "404", description = "not_found: the gate is closed")
    @APIResponse(responseCode = "422", description = "refused input, an array of {type, loc, msg, input}")
    public Response demand(@Context UriInfo uri) { // blocks for a moment, as it looks at every lease
        int limit = DemandView.limit(QueryReader.of(uri.getRequestUri().getRawQuery()));
        HttpError.requireGate(gates.enableDebugApi());
        return JsonResponses.ok(DemandView.toJson(demand, limit));
    }
}

package tradecanvas.ingest.mirror;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.runtime.config.RuntimeConfig;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.http.JsonResponses;

/** How far the mirror is. */
@Path("/api/market/debug/mirror")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class MirrorResource {
    private final @Nullable Mirroring mirroring;
    private final RuntimeConfig gates;

    MirrorResource(MirrorSwitch mirror, RuntimeConfig gates) {
        this.mirroring = mirror.mirroring();
        this.gates = gates;
    }

    @GET
    @Operation(summary = "Outbox, latency, failures, quarantine and backfill; needs TRADE_CANVAS_ENABLE_DEBUG_API")
    @APIResponse(responseCode = "200", description = "state off where dual writing is off; else see the reference page")
    @APIResponse(responseCode = "404", description = "not_found: the gate is closed")
    public Response mirror() { // blocks for a moment, as the quarantine is in the file
        HttpError.requireGate(gates.enableDebugApi());
        return JsonResponses.ok(
                mirroring == null
                        ? new JsonBuffer(32).ascii("{\"state\":\"off\"}")
                        : mirroring.view().toJson());
    }
}

package tradecanvas.readapi.candles;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.runtime.http.JsonResponses;

/** The series that the operator chose to show. Clients also take an answer for readiness. */
@Path("/api/market/whitelist")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class WhitelistResource {
    private final byte[] body;

    WhitelistResource(Whitelist whitelist) {
        JsonBuffer json = new JsonBuffer(256).ascii("{\"series_ids\":[");
        String separator = "";
        for (String id : whitelist.seriesIds()) {
            json.ascii(separator).string(id);
            separator = ",";
        }
        this.body = json.ascii("]}").toByteArray();
    }

    @GET
    @Operation(summary = "The series of the whitelist file, in its order")
    @APIResponse(
            responseCode = "200",
            description = "empty without a file",
            content = @Content(schema = @Schema(implementation = ReadSchemas.WhitelistAnswer.class)))
    public CompletionStage<Response> whitelist() {
        return CompletableFuture.completedStage(JsonResponses.ok(body));
    }
}

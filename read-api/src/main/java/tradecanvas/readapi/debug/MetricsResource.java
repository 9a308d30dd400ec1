package tradecanvas.readapi.debug;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import tradecanvas.runtime.config.RuntimeConfig;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.http.JsonResponses;
import tradecanvas.runtime.metrics.RuntimeMetrics;

/** The runtime metrics of this process. */
@Path("/api/market/debug/metrics")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class MetricsResource {
    private final RuntimeMetrics metrics;
    private final RuntimeConfig gates;

    MetricsResource(RuntimeMetrics metrics, RuntimeConfig gates) {
        this.metrics = metrics;
        this.gates = gates;
    }

    @GET
    @Operation(summary = "Counters, gauges and timers; needs TRADE_CANVAS_ENABLE_DEBUG_API and _ENABLE_RUNTIME_METRICS")
    @APIResponse(responseCode = "200", description = "keys are name or name{label=value}, sorted")
    @APIResponse(responseCode = "404", description = "not_found: a gate is closed")
    public CompletionStage<Response> metrics() {
        HttpError.requireGate(gates.enableDebugApi() && gates.enableRuntimeMetrics());
        return CompletableFuture.completedStage(JsonResponses.ok(metrics.toJson()));
    }
}

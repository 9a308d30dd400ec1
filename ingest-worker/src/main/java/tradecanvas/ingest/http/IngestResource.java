package tradecanvas.ingest.http;

import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import tradecanvas.ingest.pipeline.IngestPipeline;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.runtime.config.RuntimeConfig;
import tradecanvas.runtime.http.BodyReader;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.http.JsonResponses;

/** One candle over HTTP. The answer is sent when the candles are durable and published. */
@Path("/api/market/ingest")
@Singleton
@Consumes(MediaType.WILDCARD) // what is no JSON is refused by the contract's own body
@Produces(MediaType.APPLICATION_JSON)
public final class IngestResource {
    private final IngestPipeline pipeline;
    private final RuntimeConfig gates;
    private final IngestReport report;

    IngestResource(IngestPipeline pipeline, RuntimeConfig gates, IngestReport report) {
        this.pipeline = pipeline;
        this.gates = gates;
        this.report = report;
    }

    @POST
    @Path("/candle_closed")
    @Operation(summary = "Store and publish one closed candle; the same time again overwrites it")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = IngestSchemas.CandlePost.class)))
    @APIResponse(
            responseCode = "200",
            description = "durable and published",
            content = @Content(schema = @Schema(implementation = IngestSchemas.CandleAnswer.class)))
    @APIResponse(responseCode = "422", description = "refused input, an array of {type, loc, msg, input}")
    @APIResponse(responseCode = "500", description = "ingest_pipeline_failed:{step}:{series_id}; nothing was published")
    @APIResponse(responseCode = "503", description = "ingest_overloaded: nothing was stored, try again later")
    public CompletionStage<Response> candleClosed(
            byte @Nullable [] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType) {
        BodyReader fields = IngestBodies.open(body, contentType);
        String seriesText = fields.requiredString("series_id");
        Candle candle = fields.candle("candle");
        fields.verify();
        SeriesId series = IngestBodies.series(seriesText);
        IngestReport.Post post = report.single(series, candle.openTime());
        return pipeline.ingest(SeriesCandles.of(series, List.of(candle)), true)
                .handle((_, failure) -> post.end(failure, () -> accepted(seriesText, candle.openTime())));
    }

    @POST
    @Path("/candle_forming")
    @Operation(summary = "Show a forming candle to subscribers; needs TRADE_CANVAS_ENABLE_DEBUG_API")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = IngestSchemas.CandlePost.class)))
    @APIResponse(
            responseCode = "200",
            description = "published, nothing is stored",
            content = @Content(schema = @Schema(implementation = IngestSchemas.CandleAnswer.class)))
    @APIResponse(responseCode = "404", description = "not_found: the gate is closed")
    @APIResponse(responseCode = "422", description = "refused input, an array of {type, loc, msg, input}")
    public CompletionStage<Response> candleForming(
            byte @Nullable [] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType) {
        BodyReader fields = IngestBodies.open(body, contentType);
        String seriesText = fields.requiredString("series_id");
        Candle candle = fields.candle("candle");
        fields.verify();
        HttpError.requireGate(gates.enableDebugApi());
        // an id that is no series cannot have subscribers, so there is nobody to show it to
        return SeriesId.tryParse(seriesText)
                .map(series -> pipeline.showForming(series, candle))
                .orElseGet(() -> CompletableFuture.completedStage(null))
                .thenApply(_ -> accepted(seriesText, candle.openTime()));
    }

    private static Response accepted(String series, long candleTime) {
        JsonBuffer json = new JsonBuffer(128);
        json.ascii("{\"ok\":true,\"series_id\":").string(series);
        json.ascii(",\"candle_time\":").number(candleTime).ascii("}");
        return JsonResponses.ok(json);
    }
}

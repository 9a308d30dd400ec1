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
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.runtime.config.RuntimeConfig;
import tradecanvas.runtime.http.BodyReader;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.http.JsonResponses;

/** Many candles over HTTP, in one atomic write. */
@Path("/api/dev/market/ingest")
@Singleton
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class BatchIngestResource {
    /** Candles of one batch at most. */
    public static final int CANDLES_MAX = 20_000;

    private final IngestPipeline pipeline;
    private final RuntimeConfig gates;
    private final IngestReport report;

    BatchIngestResource(IngestPipeline pipeline, RuntimeConfig gates, IngestReport report) {
        this.pipeline = pipeline;
        this.gates = gates;
        this.report = report;
    }

    @POST
    @Path("/candles_closed_batch")
    @Operation(
            summary = "Store many closed candles of one series in one atomic write; needs TRADE_CANVAS_ENABLE_DEV_API")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = IngestSchemas.BatchPost.class)))
    @APIResponse(
            responseCode = "200",
            description = "durable, and published if asked for",
            content = @Content(schema = @Schema(implementation = IngestSchemas.BatchAnswer.class)))
    @APIResponse(responseCode = "404", description = "not_found: the gate is closed")
    @APIResponse(responseCode = "422", description = "refused input, an array of {type, loc, msg, input}")
    @APIResponse(responseCode = "500", description = "ingest_pipeline_failed:{step}:{series_id}; nothing was published")
    @APIResponse(responseCode = "503", description = "ingest_overloaded: nothing was stored, try again later")
    public CompletionStage<Response> candlesClosedBatch(
            byte @Nullable [] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType) {
        BodyReader fields = IngestBodies.open(body, contentType);
        HttpError.requireGate(gates.enableDevApi());
        String seriesText = fields.requiredString("series_id");
        List<Candle> candles = fields.candles("candles", 1, CANDLES_MAX);
        boolean publish = fields.bool("publish_ws", false);
        fields.verify();
        SeriesCandles run = SeriesCandles.of(IngestBodies.series(seriesText), candles);
        IngestReport.Post post = report.batch(run);
        return pipeline.ingest(run, publish)
                .handle((_, failure) -> post.end(failure, () -> accepted(seriesText, candles.size(), run)));
    }

    private static Response accepted(String series, int count, SeriesCandles run) {
        JsonBuffer json = new JsonBuffer(160);
        json.ascii("{\"ok\":true,\"series_id\":").string(series);
        json.ascii(",\"count\":").number(count);
        json.ascii(",\"first_candle_time\":").number(run.candles().getFirst().openTime());
        json.ascii(",\"last_candle_time\":").number(run.last().openTime()).ascii("}");
        return JsonResponses.ok(json);
    }
}

package tradecanvas.readapi.health;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.runtime.config.RuntimeConfig;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.http.JsonResponses;
import tradecanvas.runtime.http.QueryReader;
import tradecanvas.store.api.CandleReader;

/** How far the head of a series is behind the clock. */
@Path("/api/market/health")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class KlineHealthResource {
    private static final String NO_BACKFILL_YET = "{\"state\":\"idle\",\"progress_pct\":100.0,\"started_at\":null,"
            + "\"updated_at\":null,\"reason\":null,\"note\":null,\"error\":null,\"recent\":false,"
            + "\"start_missing_seconds\":0,\"start_missing_candles\":0,"
            + "\"current_missing_seconds\":0,\"current_missing_candles\":0}";

    private final CandleReader reader;
    private final RuntimeConfig gates;
    private final HealthConfig config;
    private final InstantSource clock;

    KlineHealthResource(CandleReader reader, RuntimeConfig gates, HealthConfig config, InstantSource clock) {
        this.reader = reader;
        this.gates = gates;
        this.config = config;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "How far a series is behind the clock; needs TRADE_CANVAS_ENABLE_KLINE_HEALTH_V2 or _DEBUG_API")
    @Parameter(
            name = "series_id",
            in = ParameterIn.QUERY,
            required = true,
            schema = @Schema(type = SchemaType.STRING, minLength = 1))
    @Parameter(
            name = "now_time",
            in = ParameterIn.QUERY,
            description = "Unix seconds; default the clock",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
    @APIResponse(responseCode = "200", description = "status green, yellow or red, and its reason")
    @APIResponse(responseCode = "400", description = "the text says what is wrong with the series id")
    @APIResponse(responseCode = "404", description = "not_found: the gate is closed")
    @APIResponse(responseCode = "422", description = "refused input, an array of {type, loc, msg, input}")
    public CompletionStage<Response> health(@Context HttpServerRequest request) {
        QueryReader query = QueryReader.of(request.query());
        String seriesText = query.requiredString("series_id", 1);
        long now = query.integerAtLeast("now_time", clock.instant().getEpochSecond(), 0);
        query.verify();
        HttpError.requireGate(config.enableKlineHealthV2() || gates.enableDebugApi());
        SeriesId series = StrictSeries.parse(seriesText);
        return reader.extent(series).thenApply(extent -> JsonResponses.ok(body(series, now, extent.head())));
    }

    private static JsonBuffer body(SeriesId series, long now, @Nullable Long head) {
        KlineHealth health = KlineHealth.of(series.timeframe(), now, head);
        JsonBuffer json = new JsonBuffer(768);
        json.ascii("{\"series_id\":").string(series.text());
        json.ascii(",\"timeframe_seconds\":").number(series.timeframe().seconds());
        json.ascii(",\"now_time\":").number(now);
        json.ascii(",\"expected_latest_closed_time\":").number(health.expectedLatestClosed());
        json.ascii(",\"head_time\":").numberOrNull(head);
        json.ascii(",\"lag_seconds\":").numberOrNull(health.lag());
        json.ascii(",\"missing_seconds\":").numberOrNull(health.missingSeconds());
        json.ascii(",\"missing_candles\":").numberOrNull(health.missingCandles());
        json.ascii(",\"status\":").string(health.status().name().toLowerCase(Locale.ROOT));
        json.ascii(",\"status_reason\":").string(health.reason());
        return json.ascii(",\"backfill\":").ascii(NO_BACKFILL_YET).ascii("}");
    }
}

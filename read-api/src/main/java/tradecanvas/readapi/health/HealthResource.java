package tradecanvas.readapi.health;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
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
import tradecanvas.model.series.SeriesIdException;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.runtime.config.RuntimeConfig;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.http.JsonResponses;
import tradecanvas.runtime.http.QueryReader;
import tradecanvas.store.api.CandleReader;

/** Health of one series: how far its head is behind the clock, and gaps. */
@Path("/api/market")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
    private static final String NO_BACKFILL_YET = "{\"state\":\"idle\",\"progress_pct\":100.0,\"started_at\":null,"
            + "\"updated_at\":null,\"reason\":null,\"note\":null,\"error\":null,\"recent\":false,"
            + "\"start_missing_seconds\":0,\"start_missing_candles\":0,"
            + "\"current_missing_seconds\":0,\"current_missing_candles\":0}";
    private static final int GAPS_DEFAULT = 5;
    private static final int GAPS_MAX = 50;
    private static final int BUCKETS_DEFAULT = 8;
    private static final int BUCKETS_MAX = 48;

    private final CandleReader reader;
    private final SeriesHealthReader seriesHealth;
    private final RuntimeConfig gates;
    private final HealthConfig config;
    private final InstantSource clock;

    HealthResource(
            CandleReader reader,
            SeriesHealthReader seriesHealth,
            RuntimeConfig gates,
            HealthConfig config,
            InstantSource clock) {
        this.reader = reader;
        this.seriesHealth = seriesHealth;
        this.gates = gates;
        this.config = config;
        this.clock = clock;
    }

    @GET
    @Path("/health")
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
    public CompletionStage<Response> health(@Context UriInfo uri) {
        QueryReader query = QueryReader.of(uri);
        String seriesText = query.requiredString("series_id", 1);
        long now = query.integerAtLeast("now_time", now(), 0);
        query.verify();
        HttpError.requireGate(config.enableKlineHealthV2() || gates.enableDebugApi());
        SeriesId series = parse(seriesText);
        return reader.extent(series).thenApply(extent -> JsonResponses.ok(body(series, now, extent.head())));
    }

    @GET
    @Path("/debug/series_health")
    @Operation(summary = "Gaps of a series and completeness of its base candles; needs TRADE_CANVAS_ENABLE_DEBUG_API")
    @Parameter(
            name = "series_id",
            in = ParameterIn.QUERY,
            required = true,
            schema = @Schema(type = SchemaType.STRING, minLength = 1))
    @Parameter(
            name = "max_recent_gaps",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "50", defaultValue = "5"))
    @Parameter(
            name = "recent_base_buckets",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "48", defaultValue = "8"))
    @APIResponse(
            responseCode = "200",
            description = "counts over the whole series, details of the newest gaps and buckets")
    @APIResponse(responseCode = "400", description = "the text says what is wrong with the series id")
    @APIResponse(responseCode = "404", description = "not_found: the gate is closed")
    @APIResponse(responseCode = "422", description = "refused input, an array of {type, loc, msg, input}")
    public CompletionStage<Response> seriesHealth(@Context UriInfo uri) {
        QueryReader query = QueryReader.of(uri);
        String seriesText = query.requiredString("series_id", 1);
        int gapsMax = query.integer("max_recent_gaps", GAPS_DEFAULT, 1, GAPS_MAX);
        int bucketsMax = query.integer("recent_base_buckets", BUCKETS_DEFAULT, 1, BUCKETS_MAX);
        query.verify();
        HttpError.requireGate(gates.enableDebugApi());
        return seriesHealth
                .read(parse(seriesText), now(), gapsMax, bucketsMax)
                .thenApply(health -> JsonResponses.ok(health.toJson()));
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

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private static SeriesId parse(String text) {
        try {
            return SeriesId.parseStrict(text);
        } catch (SeriesIdException notASeries) {
            throw new HttpError(400, String.valueOf(notASeries.getMessage()));
        }
    }
}

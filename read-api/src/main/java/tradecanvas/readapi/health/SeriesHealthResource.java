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
import java.util.concurrent.CompletionStage;
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

/** Gaps of a series, and how complete its base candles are. */
@Path("/api/market/debug/series_health")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class SeriesHealthResource {
    private static final int GAPS_DEFAULT = 5;
    private static final int GAPS_MAX = 50;
    private static final int BUCKETS_DEFAULT = 8;
    private static final int BUCKETS_MAX = 48;

    private final SeriesHealthReader reader;
    private final RuntimeConfig gates;
    private final InstantSource clock;

    SeriesHealthResource(SeriesHealthReader reader, RuntimeConfig gates, InstantSource clock) {
        this.reader = reader;
        this.gates = gates;
        this.clock = clock;
    }

    @GET
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
    public CompletionStage<Response> seriesHealth(@Context HttpServerRequest request) {
        QueryReader query = QueryReader.of(request.query());
        String seriesText = query.requiredString("series_id", 1);
        int gapsMax = query.integer("max_recent_gaps", GAPS_DEFAULT, 1, GAPS_MAX);
        int bucketsMax = query.integer("recent_base_buckets", BUCKETS_DEFAULT, 1, BUCKETS_MAX);
        query.verify();
        HttpError.requireGate(gates.enableDebugApi());
        return reader.read(StrictSeries.parse(seriesText), clock.instant().getEpochSecond(), gapsMax, bucketsMax)
                .thenApply(health -> JsonResponses.ok(health.toJson()));
    }
}

package tradecanvas.readapi.candles;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import tradecanvas.model.series.SeriesId;
import tradecanvas.runtime.http.JsonResponses;
import tradecanvas.runtime.http.QueryReader;
import tradecanvas.store.api.CandlePage;

/** Closed candles of a series. */
@Path("/api/market/candles")
@Singleton
@Produces(MediaType.APPLICATION_JSON)
public final class CandlesResource {
    private static final int LIMIT_DEFAULT = 500;
    private static final int LIMIT_MAX = 5000;

    private final CandlePages pages;
    private final CandleReadReport report;

    CandlesResource(CandlePages pages, CandleReadReport report) {
        this.pages = pages;
        this.report = report;
    }

    @GET
    @Operation(
            summary = "Closed candles, ascending: the newest, or the oldest after a time",
            description = "Page by repeating with the last candle_time received. An unknown series is empty.")
    @Parameter(
            name = "series_id",
            in = ParameterIn.QUERY,
            required = true,
            schema = @Schema(type = SchemaType.STRING, minLength = 1))
    @Parameter(
            name = "since",
            in = ParameterIn.QUERY,
            description = "Unix seconds, strict: later candles only",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "0"))
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "5000", defaultValue = "500"))
    @APIResponse(
            responseCode = "200",
            description = "the candles and the head of the series",
            content = @Content(schema = @Schema(implementation = ReadSchemas.CandlesAnswer.class)))
    @APIResponse(responseCode = "422", description = "refused input, an array of {type, loc, msg, input}")
    public CompletionStage<Response> candles(@Context HttpServerRequest request) {
        QueryReader query = QueryReader.of(request.query());
        String seriesText = query.requiredString("series_id", 1);
        OptionalLong since = query.optionalIntegerAtLeast("since", 0);
        int limit = query.integer("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        query.verify();
        CandleReadReport.Read read = report.begin(seriesText);
        return SeriesId.tryParse(seriesText)
                .map(series -> pages.read(series, since, limit))
                .orElseGet(() -> CompletableFuture.completedStage(EncodedPage.of(seriesText, CandlePage.EMPTY)))
                .handle((page, failure) -> read.end(page, failure))
                .thenApply(page -> JsonResponses.ok(page.body()));
    }
}

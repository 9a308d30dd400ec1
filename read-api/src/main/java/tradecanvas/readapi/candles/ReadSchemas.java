package tradecanvas.readapi.candles;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answers as the OpenAPI page shows them; they are written elsewhere. */
final class ReadSchemas {
    private ReadSchemas() {}

    @Schema(name = "Candle", description = "candle_time is the open time in Unix seconds")
    record CandleSchema(long candle_time, double open, double high, double low, double close, double volume) {}

    @Schema(name = "CandlesAnswer", description = "server_head_time is null in an empty series")
    record CandlesAnswer(
            String series_id, @Schema(nullable = true) Long server_head_time, List<CandleSchema> candles) {}

    @Schema(name = "WhitelistAnswer")
    record WhitelistAnswer(List<String> series_ids) {}
}

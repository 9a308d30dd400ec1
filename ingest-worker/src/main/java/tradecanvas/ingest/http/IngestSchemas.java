package tradecanvas.ingest.http;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The bodies of the ingest endpoints as the OpenAPI page shows them; they are read and written elsewhere. */
final class IngestSchemas {
    private IngestSchemas() {}

    @Schema(name = "Candle", description = "candle_time is the open time in Unix seconds")
    record CandleSchema(long candle_time, double open, double high, double low, double close, double volume) {}

    @Schema(name = "CandlePost")
    record CandlePost(
            @Schema(examples = "binance:futures:BTC/USDT:1m")
            String series_id,

            CandleSchema candle) {}

    @Schema(name = "CandleAnswer")
    record CandleAnswer(boolean ok, String series_id, long candle_time) {}

    @Schema(name = "BatchPost")
    record BatchPost(
            @Schema(examples = "binance:futures:BTC/USDT:1m")
            String series_id,

            @Schema(minItems = 1, maxItems = BatchIngestResource.CANDLES_MAX)
            List<CandleSchema> candles,

            @Schema(defaultValue = "false") boolean publish_ws) {}

    @Schema(name = "BatchAnswer", description = "count is the number of candles in the request")
    record BatchAnswer(boolean ok, String series_id, int count, long first_candle_time, long last_candle_time) {}
}

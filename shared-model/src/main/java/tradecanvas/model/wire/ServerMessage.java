package tradecanvas.model.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;

/** Everything that the server says on {@code /ws/market}; its JSON is written by {@link ServerMessageCodec}. */
public sealed interface ServerMessage {
    /** A closed candle. */
    record CandleClosed(String seriesId, Candle candle) implements ServerMessage {}

    /** Closed candles, ascending, at least one; only to clients that asked for batches. */
    record CandlesBatch(String seriesId, List<Candle> candles) implements ServerMessage {
        public CandlesBatch {
            candles = List.copyOf(candles);
            if (candles.isEmpty()) {
                throw new IllegalArgumentException("empty batch for series " + seriesId);
            }
        }
    }

    /** The bar that is still moving. */
    record CandleForming(String seriesId, Candle candle) implements ServerMessage {}

    /** Candles between two times are missing and could not be had. Unix seconds, actual after expected. */
    record Gap(String seriesId, long expectedNextTime, long actualTime) implements ServerMessage {
        public Gap {
            if (actualTime <= expectedNextTime) {
                throw new IllegalArgumentException("gap from " + expectedNextTime + " to " + actualTime);
            }
        }
    }

    /** News about the series itself. */
    record SystemNotice(String seriesId, String event, String message, Map<String, String> data)
            implements ServerMessage {
        public SystemNotice {
            data = Map.copyOf(data);
        }
    }

    /** The answer to a message that cannot be served; {@code seriesId} only where the refusal is about one series. */
    record Refusal(String code, String message, @Nullable String seriesId) implements ServerMessage {
        public static Refusal badRequest(String message) {
            return new Refusal("bad_request", message, null);
        }

        public static Refusal badSeries(String seriesId) {
            return new Refusal("bad_request", "invalid series_id", seriesId);
        }

        public static Refusal capacity(String message, String seriesId) {
            return new Refusal("capacity", message, seriesId);
        }
    }
}

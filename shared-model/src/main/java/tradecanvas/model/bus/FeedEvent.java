package tradecanvas.model.bus;

import java.util.List;
import java.util.Map;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

/** One publish of the writer, on its way to every gateway. */
public sealed interface FeedEvent {
    SeriesId series();

    /** One candle was stored. */
    record Closed(SeriesId series, Candle candle) implements FeedEvent {}

    /** Several candles were stored by one write; ascending, at least two. */
    record ClosedBatch(SeriesId series, List<Candle> candles) implements FeedEvent {
        public ClosedBatch {
            candles = List.copyOf(candles);
            if (candles.size() < 2) {
                throw new IllegalArgumentException("a batch of " + candles.size() + " candles");
            }
        }
    }

    /** The bar that is still moving; shown and forgotten. */
    record Forming(SeriesId series, Candle candle) implements FeedEvent {}

    /** News about the series itself; {@code data} holds strings only. */
    record SystemNotice(SeriesId series, String event, String message, Map<String, String> data) implements FeedEvent {
        public SystemNotice {
            data = Map.copyOf(data);
        }
    }
}

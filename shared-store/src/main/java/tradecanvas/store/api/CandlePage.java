package tradecanvas.store.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;

/** Candles, ascending, and the head of their series, both of the same state of the store. */
public record CandlePage(List<Candle> candles, @Nullable Long head) {
    public static final CandlePage EMPTY = new CandlePage(List.of(), null);
}

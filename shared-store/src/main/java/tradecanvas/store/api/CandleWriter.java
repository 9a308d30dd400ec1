package tradecanvas.store.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.candle.SeriesCandles;

/** The write side of the truth. */
public interface CandleWriter {
    /**
     * Saves candles in one atomic unit; a candle whose series and time exist already is overwritten.
     *
     * <p>The stage completes when the unit is durable, in the order of the calls. Threads: any. Errors:
     * {@link StoreOverloadedException} where too many rows wait, {@link StoreException} where the unit was not written.
     */
    CompletionStage<Void> save(List<SeriesCandles> unit);
}

package tradecanvas.store.api;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;

/** The write side of the truth. */
public interface CandleWriter {
    /**
     * Saves candles in one atomic unit; a candle whose series and time exist already is overwritten.
     *
     * <p>The stage completes when the unit is durable, in the order of the calls. Threads: any. Errors:
     * {@link StoreOverloadedException} where too many rows wait, {@link StoreException} where the unit was not written.
     */
    CompletionStage<Void> save(List<SeriesCandles> unit);

    /** Deletes the candles of a series at some times, those that exist; else as {@link #save}. */
    CompletionStage<Void> delete(SeriesId series, Collection<Long> times);

    /** Deletes everything of a series that is older than its {@code newest} newest candles, at least 1; else as {@link #save}. */
    CompletionStage<Void> trim(SeriesId series, int newest);
}

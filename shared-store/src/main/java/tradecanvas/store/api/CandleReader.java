package tradecanvas.store.api;

import java.util.List;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

/**
 * The read side of a store of closed candles.
 *
 * <p>Units: Unix seconds. Results ascend by time, and each call sees one state of the store that holds every write
 * acknowledged before the call. Threads: any; stages complete on the store's threads. Errors:
 * {@link StoreOverloadedException} where too many reads wait, {@link StoreException} where the store failed.
 */
public interface CandleReader {
    /** The newest {@code limit} candles. */
    CompletionStage<CandlePage> newest(SeriesId series, int limit);

    /** The oldest {@code limit} candles with a time strictly after {@code since}. */
    CompletionStage<CandlePage> after(SeriesId series, long since, int limit);

    /** The oldest {@code limit} candles of the closed range. */
    CompletionStage<List<Candle>> range(SeriesId series, long from, long to, int limit);

    /** How many candles the closed range holds. */
    CompletionStage<Long> count(SeriesId series, long from, long to);

    /** First, head and number of candles of the whole series. */
    CompletionStage<SeriesExtent> extent(SeriesId series);

    /** Pairs of neighbours that are more than one timeframe apart; of the pairs the newest {@code recentLimit}. */
    CompletionStage<GapSummary> gaps(SeriesId series, int recentLimit);
}

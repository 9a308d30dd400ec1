package tradecanvas.store.digest;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A store as it is compared. Series are any text that a store holds, also where it is no well-formed id.
 *
 * <p>Units: Unix seconds, any 64-bit number; ranges are closed. Each call sees one state of the store, which holds every
 * write acknowledged before the call; memory is bounded whatever the store holds. Threads: any. Errors:
 * {@link tradecanvas.store.api.StoreOverloadedException} where too many reads wait,
 * {@link tradecanvas.store.api.StoreUnavailableException} where there is no answer in time, else
 * {@link tradecanvas.store.api.StoreException}.
 */
public interface DigestReader {
    /** Series of one answer. */
    int SERIES_MAX = 500;

    /** Rows that one question for digests may add up. */
    int DIGEST_ROWS_MAX = 1_000_000;

    /** Rows of one answer. */
    int ROWS_MAX = 2_000;

    /**
     * Series that follow another one in the store's own order, which need not be that of another store.
     *
     * @param after a series of the answer before, the empty text for the first ones
     */
    CompletionStage<List<SeriesSpan>> series(String after, int max);

    /**
     * The digests of the parts of a range, in one pass over its rows.
     *
     * <p>The answer holds the first parts, as many as are complete within {@code rowsMax} rows, possibly none.
     */
    CompletionStage<List<Digest>> digests(String seriesId, TimeParts parts, int rowsMax);

    /** The oldest rows of a range, ascending. */
    CompletionStage<List<RowBits>> rows(String seriesId, long from, long to, int max);

    /** Checks an argument. */
    static int requireWithin(int maximum, int value, String name) {
        if (value < 1 || value > maximum) {
            throw new IllegalArgumentException(name + " " + value + " is not within 1.." + maximum);
        }
        return value;
    }
}

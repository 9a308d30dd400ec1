package tradecanvas.store.outbox;

import tradecanvas.model.series.SeriesId;

/** Whether the mirror may answer for a series. Threads: any. */
@FunctionalInterface
public interface MirrorFreshness {
    /** Whether the mirror may lack a candle of the series that was published; then the truth must be read. */
    boolean isBehind(SeriesId series);
}

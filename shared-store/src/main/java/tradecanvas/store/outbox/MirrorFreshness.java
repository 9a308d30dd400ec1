package tradecanvas.store.outbox;

import tradecanvas.model.series.SeriesId;

/** Whether the mirror may answer for a series. Threads: any, also event loops: it does not wait. */
@FunctionalInterface
public interface MirrorFreshness {
    /** What holds for a read of the series that begins now. */
    Freshness of(SeriesId series);
}

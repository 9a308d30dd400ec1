package tradecanvas.store.compare;

import tradecanvas.store.digest.RowBits;

/** Learns what a comparison finds, on its thread and at once: nothing is collected, so a listener keeps what it needs. */
public interface ComparisonListener {
    /**
     * How far it is.
     *
     * @param rows rows compared, of each key once
     * @param rowsPerSecond since the start, pauses included
     */
    record Progress(int seriesDone, int seriesTotal, long rows, double rowsPerSecond, long drift, long unconfirmed) {}

    /** A confirmed difference. */
    void drift(Drift drift);

    /**
     * A row that differed as often as it was looked at, without proof that it is not on its way: the mirror did not catch up in
     * time, or the row kept changing.
     */
    default void unconfirmed(Drift suspect) {}

    /**
     * A series that could not be compared to its end.
     *
     * @param reason what the store said
     */
    default void failed(String seriesId, String reason) {}

    /** Comes after each window of {@link RowBits} and each series. */
    default void progress(Progress progress) {}
}

package tradecanvas.store.compare;

/**
 * What a comparison came to.
 *
 * @param seriesCompared series that were compared to their end
 * @param seriesFailed series that were not
 * @param rows rows compared, of each key once
 * @param wholeMirror whether the mirror had been given at the start what was there before it; if not, it lacks rows because
 *     its backfill has not come to them
 * @param startedAtMs Unix milliseconds, as {@code endedAtMs}
 */
public record ComparisonSummary(
        int seriesCompared,
        int seriesFailed,
        long rows,
        long missing,
        long extra,
        long different,
        long unconfirmed,
        boolean wholeMirror,
        long startedAtMs,
        long endedAtMs) {
    public long drift() {
        return missing + extra + different;
    }

    /** Whether both stores hold the same, as far as it was compared; nothing compared is no proof. */
    public boolean equal() {
        return seriesCompared > 0 && seriesFailed == 0 && drift() == 0 && unconfirmed == 0;
    }
}

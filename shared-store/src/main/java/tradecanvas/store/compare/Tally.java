package tradecanvas.store.compare;

/** The counts of one comparison. Owner: its thread. */
final class Tally {
    int seriesTotal;
    int seriesCompared;
    int seriesFailed;
    long rows;
    long unconfirmed;
    private long missing;
    private long extra;
    private long different;

    void count(Drift.Kind kind) {
        switch (kind) {
            case MISSING -> missing++;
            case EXTRA -> extra++;
            case DIFFERENT -> different++;
        }
    }

    ComparisonListener.Progress progress(Pace pace) {
        return new ComparisonListener.Progress(
                seriesCompared + seriesFailed,
                seriesTotal,
                rows,
                pace.perSecond(rows),
                missing + extra + different,
                unconfirmed);
    }

    ComparisonSummary summary(boolean wholeMirror, long startedAtMs, long endedAtMs) {
        return new ComparisonSummary(
                seriesCompared,
                seriesFailed,
                rows,
                missing,
                extra,
                different,
                unconfirmed,
                wholeMirror,
                startedAtMs,
                endedAtMs);
    }
}

package tradecanvas.reconcile.backfill;

import java.util.Locale;

/** How far a backfill is. {@code phase} is none, running, stopped or done. */
record BackfillProgress(String phase, String seriesId, long rowsDone, long rowsTotal) {
    private static final int BAR_CHARS = 30;
    private static final String DONE = "done";

    boolean isRunning() {
        return phase.equals("running");
    }

    boolean isDone() {
        return phase.equals(DONE);
    }

    /** Of all rows, 0 to 1. The writes of the present time are no part of the total and may make it pass 1. */
    double part() {
        return isDone() || rowsTotal == 0 ? 1 : Math.min(1, (double) rowsDone / rowsTotal);
    }

    /** A line for people. */
    String line(double rowsPerSecond) {
        int filled = (int) Math.round(part() * BAR_CHARS);
        return String.format(
                Locale.ROOT,
                "backfill %s [%s%s] %d of %d rows, %.0f rows/s, %s",
                phase,
                "#".repeat(filled),
                " ".repeat(BAR_CHARS - filled),
                rowsDone,
                rowsTotal,
                rowsPerSecond,
                eta(rowsPerSecond));
    }

    private String eta(double rowsPerSecond) {
        if (!isRunning() || rowsPerSecond <= 0) {
            return isRunning() ? "waiting" : phase;
        }
        long seconds = Math.round(Math.max(0, rowsTotal - rowsDone) / rowsPerSecond);
        return String.format(Locale.ROOT, "%d:%02d:%02d left", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** A line for programs. */
    String json(double rowsPerSecond) {
        return String.format(
                Locale.ROOT,
                "{\"phase\":\"%s\",\"rows_done\":%d,\"rows_total\":%d,\"rows_per_second\":%.1f}",
                phase,
                rowsDone,
                rowsTotal,
                rowsPerSecond);
    }
}

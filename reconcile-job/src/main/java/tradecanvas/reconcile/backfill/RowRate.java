package tradecanvas.reconcile.backfill;

import java.util.ArrayDeque;
import java.util.Deque;

/** Rows a second over the newest looks. Owner: one thread. */
final class RowRate {
    private static final int LOOKS_MAX = 10;

    private record Look(long nanos, long rows) {}

    private final Deque<Look> looks = new ArrayDeque<>();

    /** Takes a look into account and gives the rate; 0 with the first one. */
    double after(long nanos, long rows) {
        looks.addLast(new Look(nanos, rows));
        if (looks.size() > LOOKS_MAX) {
            looks.removeFirst();
        }
        Look oldest = looks.getFirst();
        long elapsed = nanos - oldest.nanos();
        return elapsed <= 0 ? 0 : (rows - oldest.rows()) * 1e9 / elapsed;
    }
}

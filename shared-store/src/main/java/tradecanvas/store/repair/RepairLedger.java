package tradecanvas.store.repair;

import java.util.List;
import java.util.concurrent.CompletionStage;
import tradecanvas.store.compare.Drift;

/**
 * The writer of the truth as repairs use it.
 *
 * <p>Threads: any. Errors: {@link tradecanvas.store.api.StoreException}.
 */
public interface RepairLedger {
    /** Fixes of one call or answer. */
    int FIXES_MAX = 200;

    /** Characters of the name of a run. */
    int RUN_ID_CHARS_MAX = 64;

    /**
     * Puts the keys into the outbox and a row for each into the audit, in one transaction. A key that the run has asked for
     * before is owed once more and keeps its row, so a call may be repeated.
     *
     * @param runId names the run, 1 to {@value #RUN_ID_CHARS_MAX} characters
     * @param fixes at most {@value #FIXES_MAX}
     */
    CompletionStage<Void> submit(String runId, List<Drift> fixes);

    /** Keeps what became of fixes of a run. */
    CompletionStage<Void> settle(String runId, List<Settlement> settlements);

    /** Fixes after an id, ascending; only those still {@link FixOutcome#QUEUED} where {@code queuedOnly}. */
    CompletionStage<List<AuditedFix>> fixes(long afterId, int max, boolean queuedOnly);

    /** What became of the fix of a key. */
    record Settlement(String seriesId, long time, FixOutcome outcome) {}

    /** Checks arguments of {@link #submit}. */
    static void requireSubmittable(String runId, List<Drift> fixes) {
        if (runId.isEmpty() || runId.length() > RUN_ID_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "run id of " + runId.length() + " characters is not within 1.." + RUN_ID_CHARS_MAX);
        }
        if (fixes.isEmpty() || fixes.size() > FIXES_MAX) {
            throw new IllegalArgumentException(fixes.size() + " fixes are not within 1.." + FIXES_MAX);
        }
        fixes.forEach(fix -> {
            if (!Repair.isRepairable(fix)) {
                throw new IllegalArgumentException(
                        "row " + fix.time() + " of series " + fix.seriesId() + " is no candle in the truth");
            }
        });
    }
}

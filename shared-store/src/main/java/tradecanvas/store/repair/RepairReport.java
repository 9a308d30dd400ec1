package tradecanvas.store.repair;

/**
 * What a repair did.
 *
 * @param planned fixes that it would make, or made
 * @param queued fixes whose end is not known: the mirror did not catch up in time; {@link Repair#resume} looks again
 * @param refused drift that no repair can end: the truth's row is no candle, so the mirror must not have it
 * @param leftOut drift beyond the bound of a run
 */
public record RepairReport(
        boolean dryRun, int planned, int repaired, int stillDrift, int queued, int refused, int leftOut) {
    public boolean complete() {
        return !dryRun && repaired == planned && refused == 0 && leftOut == 0;
    }
}

package tradecanvas.store.outbox;

/**
 * How far the candles that were there before the mirror have been copied into it.
 *
 * <p>Units: times in Unix milliseconds, {@code nextTime} in Unix seconds. Series are walked in the order of their ids: all
 * before {@code seriesId} are copied, of that one what is older than {@code nextTime}.
 *
 * @param rowsTotal candles in the truth when it was asked for; the newest are also mirrored by the writes themselves
 */
public record BackfillState(
        Phase phase,
        String seriesId,
        long nextTime,
        long rowsDone,
        long rowsTotal,
        long startedAtMs,
        long updatedAtMs) {
    /** What became of it. */
    public enum Phase {
        NONE,
        RUNNING,
        STOPPED,
        DONE
    }

    /** Nobody has asked for one, or what was copied is no longer known to be whole. */
    public static final BackfillState NONE = new BackfillState(Phase.NONE, "", Long.MIN_VALUE, 0, 0, 0, 0);

    /** The same in another phase. */
    public BackfillState in(Phase changed) {
        return new BackfillState(changed, seriesId, nextTime, rowsDone, rowsTotal, startedAtMs, updatedAtMs);
    }
}

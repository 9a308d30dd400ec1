package tradecanvas.store.outbox;

/**
 * One change of the truth: the candles of a series in a closed range of times were saved or deleted.
 *
 * <p>Units: {@code seq} ascends without holes in the order of the commits; {@code from} and {@code to} in Unix seconds;
 * {@code committedAtMs} in Unix milliseconds. {@code epoch} is that of the worker that committed it.
 */
public record OutboxEntry(long seq, long epoch, Kind kind, String seriesId, long from, long to, long committedAtMs) {
    /** What happened to the range. */
    public enum Kind {
        /** Rows were inserted or overwritten; the mirror is given the rows that the truth has there. */
        SAVED,
        /** Rows were deleted; the mirror also loses the rows that the truth does not have there. */
        DELETED
    }
}

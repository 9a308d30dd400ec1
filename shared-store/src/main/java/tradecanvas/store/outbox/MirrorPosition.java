package tradecanvas.store.outbox;

/**
 * How far the mirror follows the truth, by the numbers of their changes.
 *
 * @param epoch of the worker; numbers of different epochs are not to be compared
 * @param committedSeq no change that a read before this question could see has a higher one
 * @param acknowledgedSeq the mirror has everything up to this one
 * @param whole whether the mirror was also given what was there before it
 */
public record MirrorPosition(long epoch, long committedSeq, long acknowledgedSeq, boolean whole) {
    /** Nobody writes: what the two stores hold is compared as it is. */
    public static final MirrorPosition AT_REST = new MirrorPosition(0, 0, 0, true);
}

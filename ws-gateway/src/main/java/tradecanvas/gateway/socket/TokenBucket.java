package tradecanvas.gateway.socket;

/**
 * So many a second, and as many in reserve.
 *
 * <p>Units: nanoseconds of a monotonic clock. Owner: one thread at a time.
 */
final class TokenBucket {
    private final long nanosPerToken;
    private final long reserveNanos;
    private long spentUntil;

    /** @param perSecond tokens a second, and as many in reserve */
    TokenBucket(int perSecond, long now) {
        nanosPerToken = Math.max(1, 1_000_000_000L / perSecond);
        reserveNanos = nanosPerToken * perSecond;
        spentUntil = now - reserveNanos;
    }

    /** Spends a token, also one that is not there yet; the nanoseconds until it is, 0 while there is a reserve. */
    long spend(long now) {
        spentUntil = afterOneMore(now);
        return Math.max(0, spentUntil - now);
    }

    /** Spends a token if there is one. */
    boolean trySpend(long now) {
        long next = afterOneMore(now);
        if (next > now) {
            return false;
        }
        spentUntil = next;
        return true;
    }

    private long afterOneMore(long now) {
        return Math.max(spentUntil, now - reserveNanos) + nanosPerToken;
    }
}

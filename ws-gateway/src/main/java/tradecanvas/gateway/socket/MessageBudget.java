package tradecanvas.gateway.socket;

/**
 * A token bucket for client messages.
 *
 * <p>Units: nanoseconds of a monotonic clock. Owner: the event loop of its socket.
 */
final class MessageBudget {
    private final long nanosPerMessage;
    private final long reserveNanos;
    private long spentUntil;

    /** @param perSecond messages a second, and as many in reserve */
    MessageBudget(int perSecond, long now) {
        nanosPerMessage = Math.max(1, 1_000_000_000L / perSecond);
        reserveNanos = nanosPerMessage * perSecond;
        spentUntil = now - reserveNanos;
    }

    /** Spends one message; the nanoseconds to wait before the next one, 0 while there is a reserve. */
    long spend(long now) {
        spentUntil = Math.max(spentUntil, now - reserveNanos) + nanosPerMessage;
        return Math.max(0, spentUntil - now);
    }
}

package tradecanvas.gateway.feed;

/**
 * One of the two lines that live events can come over, as it is known here. Owner: the feed's event loop.
 *
 * <p>Units: nanoseconds of a monotonic clock.
 */
final class FeedLine {
    private final long silenceMaxNanos;
    private boolean connected;
    private boolean proven;
    private boolean heard;
    private long lastSignAt;
    private boolean counting;
    private long position;

    /** @param silenceMaxNanos the worker may be silent, measured from its last heartbeat or from the opening */
    FeedLine(long silenceMaxNanos) {
        this.silenceMaxNanos = silenceMaxNanos;
    }

    /** Connected; not proven to carry what is published. */
    void opened(long now) {
        connected = true;
        proven = false;
        heard = false;
        counting = false;
        lastSignAt = now;
    }

    void lost() {
        connected = false;
    }

    void proven() {
        proven = true;
    }

    boolean isConnected() {
        return connected;
    }

    boolean isProven() {
        return proven;
    }

    /** An event of the worker came. */
    void countEvent() {
        position++;
    }

    /** From the next heartbeat on events are counted anew. */
    void restartCount() {
        counting = false;
    }

    /** A worker that just started, and has published nothing before what comes now. */
    void countFromStart() {
        counting = true;
        position = 0;
    }

    /**
     * A heartbeat of the worker came.
     *
     * @param published events before it
     * @return false where some of them did not come, or came twice
     */
    boolean heartbeat(long now, long published) {
        boolean complete = !counting || position == published;
        heard = true;
        lastSignAt = now;
        counting = true;
        position = published;
        return complete;
    }

    /** Whether the line carries what the worker says now. */
    boolean isLive(long now) {
        return connected && proven && heard && !isSilent(now);
    }

    boolean isSilent(long now) {
        return now - lastSignAt > silenceMaxNanos;
    }

    /** For operators. */
    String state(long now) {
        if (!connected) {
            return "away";
        }
        if (isLive(now)) {
            return "live";
        }
        return proven ? "silent" : "unproven";
    }
}

package tradecanvas.store.remote;

import java.time.Duration;

/**
 * What a client of the worker may use.
 *
 * @param connectionsMax connections to the worker; each carries one request at a time
 * @param waitingMax requests that may wait for a connection; at the bound a request is refused
 * @param answerBytesMax bytes of one answer; a longer one is given up
 * @param timeout from the call to the last byte of the answer, the wait for a connection included
 */
public record RemoteBounds(int connectionsMax, int waitingMax, int answerBytesMax, Duration timeout) {
    /** The longest answer has 20,000 candles of at most 236 bytes. */
    public static final RemoteBounds STANDARD = new RemoteBounds(16, 4_096, 8 << 20, Duration.ofSeconds(5));

    public RemoteBounds {
        if (connectionsMax < 1 || waitingMax < 0 || answerBytesMax < 1 || timeout.toMillis() < 1) {
            throw new IllegalArgumentException("a bound is too small: connectionsMax " + connectionsMax
                    + ", waitingMax " + waitingMax + ", answerBytesMax " + answerBytesMax + ", timeout " + timeout);
        }
    }

    public RemoteBounds withConnectionsMax(int changed) {
        return new RemoteBounds(changed, waitingMax, answerBytesMax, timeout);
    }

    public RemoteBounds withWaitingMax(int changed) {
        return new RemoteBounds(connectionsMax, changed, answerBytesMax, timeout);
    }

    public RemoteBounds withAnswerBytesMax(int changed) {
        return new RemoteBounds(connectionsMax, waitingMax, changed, timeout);
    }

    public RemoteBounds withTimeout(Duration changed) {
        return new RemoteBounds(connectionsMax, waitingMax, answerBytesMax, changed);
    }
}

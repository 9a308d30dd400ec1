package tradecanvas.load.client;

/** One socket of a swarm, as its user sees it. Threads: the swarm's event loop. */
public interface SocketListener {
    /** The socket is open; the answer is the first message that it sends, none if empty. */
    String opened();

    /** Says that a refused handshake is not tried again. */
    long NO_RETRY = -1;

    /** The handshake was refused: how long to wait for another try, or {@link #NO_RETRY}, and then {@link #failed} follows. */
    default long retryAfterNanos(String statusLine) {
        return NO_RETRY;
    }

    /** A whole text message; the bytes are only valid during the call. {@code nanoTime} is when they were read. */
    void message(byte[] data, int offset, int length, long nanoTime);

    /** The socket could not be opened, or the other side or the network ended it; called at most once. */
    void failed(String reason);
}

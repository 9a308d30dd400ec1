package tradecanvas.ingest.publish;

/**
 * A way out of the process for bus messages.
 *
 * <p>Threads: any, one call at a time, in the order that receivers must see. Nothing here may block.
 */
public interface BusSink {
    /** Whether an event would go anywhere now; it is not written for nobody. */
    boolean wantsEvents();

    void event(byte[] text);

    void heartbeat(byte[] text);
}

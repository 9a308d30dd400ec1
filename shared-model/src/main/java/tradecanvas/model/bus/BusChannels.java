package tradecanvas.model.bus;

/** The channels of the Redis bus. */
public final class BusChannels {
    /** Events and probes in the contract's envelope. */
    public static final String EVENTS = "trade_canvas:market_ws";

    /**
     * Heartbeats, apart from the events so that instances which know nothing of them need not skip them. A worker sends both
     * on one connection, which keeps their order.
     */
    public static final String HEARTBEATS = "trade_canvas:market_ws:heartbeat";

    private BusChannels() {}
}

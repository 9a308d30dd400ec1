package tradecanvas.model.bus;

/** Where the writer hands over what gateways must see. */
public interface CandlePublisher {
    /**
     * Publishes one event.
     *
     * <p>Threads: events of one series come from one thread at a time, in the order in which they must arrive. Errors:
     * none; an event that cannot be delivered is healed by the gateway from the store.
     */
    void publish(FeedEvent event);
}

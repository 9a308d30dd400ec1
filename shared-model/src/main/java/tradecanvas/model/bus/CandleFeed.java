package tradecanvas.model.bus;

/** Where a gateway gets live events from. Threads: any. */
public interface CandleFeed {
    /**
     * Adds a listener for every event from now on.
     *
     * <p>Threads: the listener runs on the feed's thread, events of one series in their order, and must not block.
     */
    void listen(FeedListener listener);

    FeedState state();
}

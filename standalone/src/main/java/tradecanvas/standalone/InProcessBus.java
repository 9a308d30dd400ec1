package tradecanvas.standalone;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tradecanvas.model.bus.CandleFeed;
import tradecanvas.model.bus.CandlePublisher;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.bus.FeedListener;
import tradecanvas.model.bus.FeedSource;
import tradecanvas.model.bus.FeedState;

/** Hands each event to its listeners on the publisher's thread. */
@Singleton
final class InProcessBus implements CandlePublisher, CandleFeed {
    private final List<FeedListener> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void publish(FeedEvent event) {
        listeners.forEach(listener -> listener.publish(event));
    }

    @Override
    public void listen(FeedListener listener) {
        listeners.add(listener);
    }

    @Override
    public FeedState state() {
        return new FeedState(FeedSource.LOCAL, true, Map.of());
    }
}

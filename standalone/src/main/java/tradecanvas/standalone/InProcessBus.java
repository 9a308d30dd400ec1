package tradecanvas.standalone;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tradecanvas.model.bus.CandleFeed;
import tradecanvas.model.bus.CandlePublisher;
import tradecanvas.model.bus.FeedEvent;

/** Hands each event to its listeners on the publisher's thread. */
@Singleton
final class InProcessBus implements CandlePublisher, CandleFeed {
    private final List<CandlePublisher> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void publish(FeedEvent event) {
        listeners.forEach(listener -> listener.publish(event));
    }

    @Override
    public void listen(CandlePublisher listener) {
        listeners.add(listener);
    }
}

package tradecanvas.standalone;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tradecanvas.ingest.publish.BusPublisher;
import tradecanvas.model.bus.CandleFeed;
import tradecanvas.model.bus.CandlePublisher;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.bus.FeedListener;
import tradecanvas.model.bus.FeedSource;
import tradecanvas.model.bus.FeedState;

/** Hands each event to its listeners on the publisher's thread, and then to other processes. */
@Singleton
final class InProcessBus implements CandlePublisher, CandleFeed {
    private final List<FeedListener> listeners = new CopyOnWriteArrayList<>();
    private final FeedListener all = new Listeners();
    private final BusPublisher outward;

    InProcessBus(BusPublisher outward) {
        this.outward = outward;
    }

    @Override
    public void publish(FeedEvent event) {
        try {
            all.publish(event);
        } finally {
            outward.publish(event);
        }
    }

    @Override
    public void listen(FeedListener listener) {
        listeners.add(listener);
    }

    @Override
    public FeedState state() {
        return new FeedState(FeedSource.LOCAL, true, Map.of());
    }

    /** Everybody in this process who listens, as one. */
    FeedListener listeners() {
        return all;
    }

    private final class Listeners implements FeedListener {
        @Override
        public void publish(FeedEvent event) {
            listeners.forEach(listener -> listener.publish(event));
        }

        @Override
        public void interrupted() {
            listeners.forEach(FeedListener::interrupted);
        }

        @Override
        public Map<String, Integer> watchers() {
            Map<String, Integer> watchers = new HashMap<>();
            listeners.forEach(listener ->
                    listener.watchers().forEach((series, count) -> watchers.merge(series, count, Integer::sum)));
            return watchers;
        }
    }
}

package tradecanvas.gateway.subscription;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.series.SeriesId;

/** The subscriptions of one socket, one per series. Owner: the event loop of the socket. */
public final class SocketSubscriptions {
    private final LoopSubscriptions loop;
    private final Subscriber subscriber;
    private final Map<String, Subscription> bySeries = new HashMap<>(2);

    public SocketSubscriptions(LoopSubscriptions loop, Subscriber subscriber) {
        this.loop = loop;
        this.subscriber = subscriber;
    }

    public boolean contains(SeriesId series) {
        return bySeries.containsKey(series.text());
    }

    public int size() {
        return bySeries.size();
    }

    /**
     * Subscribes, in place of any subscription of the same series, and starts the catch-up.
     *
     * @param since the highest closed time that the client has, Unix seconds, or null
     */
    public void subscribe(SeriesId series, @Nullable Long since, boolean supportsBatch) {
        unsubscribe(series.text());
        bySeries.put(series.text(), loop.add(subscriber, series, since, supportsBatch));
    }

    /** False where the series was not subscribed. */
    public boolean unsubscribe(String series) {
        Subscription subscription = bySeries.remove(series);
        if (subscription == null) {
            return false;
        }
        loop.remove(subscription);
        return true;
    }

    /** Ends all subscriptions; returns how many there were. */
    public int clear() {
        int count = bySeries.size();
        List.copyOf(bySeries.values()).forEach(loop::remove);
        bySeries.clear();
        return count;
    }
}

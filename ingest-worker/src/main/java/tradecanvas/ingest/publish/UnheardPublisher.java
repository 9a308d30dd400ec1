package tradecanvas.ingest.publish;

import java.util.concurrent.atomic.LongAdder;
import tradecanvas.model.bus.CandlePublisher;
import tradecanvas.model.bus.FeedEvent;

/** Takes events while no feed carries them to gateways in other processes; they are only counted. Threads: any. */
public final class UnheardPublisher implements CandlePublisher {
    private final LongAdder events = new LongAdder();

    @Override
    public void publish(FeedEvent event) {
        events.increment();
    }

    /** Events that nobody heard. */
    public long events() {
        return events.sum();
    }
}

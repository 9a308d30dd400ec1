package tradecanvas.gateway.feed;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What came over the feed. Threads: any; the figures only grow. */
final class FeedCounters {
    /** Events handed on. */
    final LongAdder events = new LongAdder();

    /** Messages of workers that are not heard. */
    final LongAdder fenced = new LongAdder();

    /** Messages that this process itself had sent. */
    final LongAdder own = new LongAdder();

    /** Messages that could not be read. */
    final LongAdder invalid = new LongAdder();

    /** Heartbeats that counted other events than had come. */
    final LongAdder incomplete = new LongAdder();

    /** Changes of the line that is used. */
    final LongAdder switches = new LongAdder();

    /** Workers that took over. */
    final LongAdder newWorkers = new LongAdder();

    void bind(MeterRegistry meters) {
        count(meters, "events", events);
        count(meters, "fenced", fenced);
        count(meters, "own", own);
        count(meters, "invalid", invalid);
        count(meters, "incomplete", incomplete);
        count(meters, "switches", switches);
        count(meters, "workers", newWorkers);
    }

    private static void count(MeterRegistry meters, String name, LongAdder figure) {
        FunctionCounter.builder("tradecanvas.feed." + name, figure, LongAdder::sum)
                .register(meters);
    }
}

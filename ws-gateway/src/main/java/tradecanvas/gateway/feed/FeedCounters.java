package tradecanvas.gateway.feed;

import java.util.concurrent.atomic.LongAdder;

/** What came over the feed. Threads: any; the figures only grow. */
final class FeedCounters {
    final LongAdder events = new LongAdder();
    final LongAdder fenced = new LongAdder();
    final LongAdder invalid = new LongAdder();
    final LongAdder incomplete = new LongAdder();
    final LongAdder switches = new LongAdder();
    final LongAdder newWorkers = new LongAdder();
}

package tradecanvas.model.bus;

import java.util.Map;

/** Whoever is told what a feed delivers. Threads: the feed's, one call at a time; nothing here may block. */
public interface FeedListener extends CandlePublisher {
    /**
     * Events before now may have been lost.
     *
     * <p>What is watched must be compared with the store before anything that is published from now on goes out.
     */
    void interrupted();

    /** How many subscriptions each watched series has, for upstreams that run on demand. Threads: any. */
    Map<String, Integer> watchers();
}

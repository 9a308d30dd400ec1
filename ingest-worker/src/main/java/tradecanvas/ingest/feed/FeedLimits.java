package tradecanvas.ingest.feed;

import java.time.Duration;

/**
 * What a gateway may cost.
 *
 * @param waitingBytesMax that may wait for one gateway; past it the gateway is closed as slow. A message may be longer where
 *     nothing else waits
 * @param pingEvery how often a gateway is pinged
 * @param pongMax that a gateway may take to answer; past it it is gone
 */
public record FeedLimits(long waitingBytesMax, Duration pingEvery, Duration pongMax) {
    /** Five of the longest batches, which are 13 MB. */
    public static final FeedLimits STANDARD = new FeedLimits(64L << 20, Duration.ofSeconds(5), Duration.ofSeconds(10));
}

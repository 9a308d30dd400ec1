package tradecanvas.gateway.subscription;

import java.time.Duration;

/**
 * Bounds of what subscriptions read from the store.
 *
 * @param catchUpLimit candles per catch-up
 * @param gapLimit candles per healed gap
 * @param timeout after which a read counts as failed, its wait for its turn included
 * @param readsMax reads under way at a time; further ones wait
 * @param sharedFor how long an answer is given to those who ask the same, as long as nothing was published on the series
 * @param sharedBytesMax bytes of such answers; past it older ones are read again
 */
public record HistorySettings(
        int catchUpLimit, int gapLimit, Duration timeout, int readsMax, Duration sharedFor, long sharedBytesMax) {}

package tradecanvas.store.api;

import java.util.List;

/** The gaps of a whole series. {@code secondsMax} is the longest step between two neighbours of a gap, 0 without one. */
public record GapSummary(long count, long secondsMax, List<Gap> recent) {
    /** Two neighbours more than a timeframe apart; newest first in {@link #recent}. */
    public record Gap(long previousTime, long nextTime) {}
}

package tradecanvas.store.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.series.Timeframe;
import tradecanvas.store.api.GapSummary.Gap;

/**
 * Finds the gaps of a series from its times, which it is given in ascending order; keeps the newest gaps only.
 *
 * <p>Units: Unix seconds. Owner: one read.
 */
public final class GapWalk {
    private final Timeframe timeframe;
    private final int recentLimit;
    private final Deque<Gap> recent = new ArrayDeque<>();
    private @Nullable Long previous;
    private long count;
    private long secondsMax;

    public GapWalk(Timeframe timeframe, int recentLimit) {
        this.timeframe = timeframe;
        this.recentLimit = recentLimit;
    }

    public void next(long time) {
        Long before = previous;
        if (before != null && time > timeframe.next(before)) {
            add(new Gap(before, time));
        }
        previous = time;
    }

    private void add(Gap gap) {
        count++;
        long seconds = gap.nextTime() - gap.previousTime();
        secondsMax = Math.max(secondsMax, seconds < 0 ? Long.MAX_VALUE : seconds);
        recent.addFirst(gap);
        if (recent.size() > recentLimit) {
            recent.removeLast();
        }
    }

    public GapSummary summary() {
        return new GapSummary(count, secondsMax, List.copyOf(recent));
    }
}

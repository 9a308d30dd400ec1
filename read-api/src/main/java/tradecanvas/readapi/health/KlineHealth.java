package tradecanvas.readapi.health;

import org.jspecify.annotations.Nullable;
import tradecanvas.model.series.Timeframe;

/**
 * How far a series is behind the clock.
 *
 * <p>Units: Unix seconds and seconds; what needs a head is null without one.
 */
record KlineHealth(
        long expectedLatestClosed,
        @Nullable Long lag,
        @Nullable Long missingSeconds,
        @Nullable Long missingCandles,
        Status status,
        String reason) {
    /** What the lamp shows. */
    enum Status {
        GREEN,
        YELLOW,
        RED
    }

    static KlineHealth of(Timeframe timeframe, long now, @Nullable Long head) {
        long seconds = timeframe.seconds();
        long expected = Math.max(0, Math.floorDiv(now, seconds) * seconds - seconds);
        if (head == null) {
            return new KlineHealth(expected, null, null, null, Status.RED, "missing_head");
        }
        long missing = Elapsed.seconds(head, expected);
        long lag = Elapsed.seconds(head, now);
        long missingCandles = Math.ceilDiv(missing, seconds);
        if (head > expected) {
            return new KlineHealth(
                    expected, lag, missing, missingCandles, Status.YELLOW, "head_ahead_of_closed_window");
        }
        return missing == 0
                ? new KlineHealth(expected, lag, missing, missingCandles, Status.GREEN, "up_to_date")
                : new KlineHealth(expected, lag, missing, missingCandles, Status.RED, "lagging_no_recent_backfill");
    }
}

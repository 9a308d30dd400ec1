package tradecanvas.ingest.upstream;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;

/**
 * The clock of one replayed series: which candles have closed by now, and how far the present one is.
 *
 * <p>Units: candle times in Unix seconds, the clock in milliseconds. Owner: the replay thread.
 */
final class Replay {
    private final RecordedCandles recorded;
    private final InstantSource clock;
    private final double speed;
    private final long timeframeS;
    private final long startedAtMs;
    private final long replayStartMs;
    private long nextToClose;

    /**
     * @param head the newest stored candle; the replay goes on behind it
     * @param historyCandles how far back an empty or old series is filled
     */
    Replay(RecordedCandles recorded, InstantSource clock, double speed, @Nullable Long head, int historyCandles) {
        this.recorded = recorded;
        this.clock = clock;
        this.speed = speed;
        this.timeframeS = recorded.series().timeframe().seconds();
        this.startedAtMs = clock.millis();
        long afterHead = head == null ? Long.MIN_VALUE : align(head) + timeframeS;
        this.replayStartMs = Math.max(startedAtMs, afterHead == Long.MIN_VALUE ? 0 : afterHead * 1000);
        this.nextToClose = Math.max(afterHead, align(replayStartMs / 1000) - historyCandles * timeframeS);
    }

    /** Candles that have closed and were not confirmed yet, oldest first, at most {@code max}. */
    List<Candle> closed(int max) {
        List<Candle> closed = new ArrayList<>();
        long forming = align(nowMs() / 1000);
        for (long time = nextToClose; time < forming && closed.size() < max; time += timeframeS) {
            closed.add(recorded.at(time));
        }
        return closed;
    }

    /** The candles up to this time are stored. */
    void confirm(long openTime) {
        nextToClose = openTime + timeframeS;
    }

    /** The present bar, unless candles before it are not stored yet. */
    @Nullable
    Candle forming() {
        long nowMs = nowMs();
        long openTime = align(nowMs / 1000);
        if (openTime != nextToClose) {
            return null;
        }
        double part = (nowMs - openTime * 1000) / (timeframeS * 1000.0);
        return FormingPath.at(recorded.at(openTime), part);
    }

    private long nowMs() {
        return replayStartMs + (long) ((clock.millis() - startedAtMs) * speed);
    }

    private long align(long time) {
        return Math.floorDiv(time, timeframeS) * timeframeS;
    }
}

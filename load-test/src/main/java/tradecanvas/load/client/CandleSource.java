package tradecanvas.load.client;

import java.util.ArrayList;
import java.util.List;
import tradecanvas.model.candle.Candle;

/** Endless consecutive candles of one series, with values that move like a market's. Threads: one owner. */
public final class CandleSource {
    private static final long FIRST_TIME = 1_000_000_020;
    private static final long STEP_SECONDS = 60;
    private static final int WAVE_CANDLES = 97; // a prime, so that series of round lengths do not repeat in step

    private final String seriesId;
    private long index;

    public CandleSource(String seriesId) {
        this.seriesId = seriesId;
    }

    public String seriesId() {
        return seriesId;
    }

    public Candle next() {
        double open = price(index);
        double close = price(index + 1);
        Candle candle = new Candle(
                FIRST_TIME + index * STEP_SECONDS,
                open,
                Math.max(open, close) + 0.5,
                Math.min(open, close) - 0.5,
                close,
                10 + index % 7);
        index++;
        return candle;
    }

    /** The open time of the last candle that it gave. */
    public long newestTime() {
        return FIRST_TIME + (index - 1) * STEP_SECONDS;
    }

    public List<Candle> next(int count) {
        List<Candle> candles = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            candles.add(next());
        }
        return candles;
    }

    /** A triangle wave in steps of a cent, so that every number is short and pivots do occur. */
    private static double price(long index) {
        long position = index % (2 * WAVE_CANDLES);
        long height = position < WAVE_CANDLES ? position : 2 * WAVE_CANDLES - position;
        return (10_000 + 13 * height) / 100.0;
    }
}

package tradecanvas.store.postgres;

import tradecanvas.model.series.Timeframe;

/** How much time a page of candles most likely covers; all results stay within the longs. Units: seconds. */
final class Spans {
    /** A page with as many gaps as candles is still within its span. */
    private static final int GAPS_FACTOR = 2;

    private Spans() {}

    static long before(long head, int limit, Timeframe timeframe) {
        long before = head - span(limit, timeframe);
        return before > head ? Long.MIN_VALUE : before;
    }

    static long after(long since, int limit, Timeframe timeframe) {
        long after = since + span(limit, timeframe);
        return after < since ? Long.MAX_VALUE : after;
    }

    private static long span(int limit, Timeframe timeframe) {
        long candles = (long) limit * GAPS_FACTOR;
        boolean fits = Math.multiplyHigh(candles, timeframe.seconds()) == 0 && candles * timeframe.seconds() >= 0;
        return fits ? candles * timeframe.seconds() : Long.MAX_VALUE;
    }
}

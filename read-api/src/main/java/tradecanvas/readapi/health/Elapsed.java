package tradecanvas.readapi.health;

/** Time between two candles, or a candle and the clock; candle times may be any 64 bits. Unix seconds and seconds. */
final class Elapsed {
    private Elapsed() {}

    /** How much later {@code to} is, 0 if it is not, the largest long where that would overflow. */
    static long seconds(long from, long to) {
        if (to <= from) {
            return 0;
        }
        long seconds = to - from;
        return seconds < 0 ? Long.MAX_VALUE : seconds;
    }
}

package tradecanvas.model.candle;

/**
 * One bar, closed or forming.
 *
 * <p>Units: {@code openTime} in Unix seconds (the contract's {@code candle_time}); prices and volume are finite IEEE
 * doubles of any sign, zero without one; the edge checks nothing else, so neither does this.
 */
public record Candle(long openTime, double open, double high, double low, double close, double volume) {
    public Candle {
        if (!(Double.isFinite(open)
                && Double.isFinite(high)
                && Double.isFinite(low)
                && Double.isFinite(close)
                && Double.isFinite(volume))) {
            throw new IllegalArgumentException("candle " + openTime + " holds a number that is not finite");
        }
        // SQLite keeps no negative zero, so neither the socket nor another store may see one
        open += 0.0;
        high += 0.0;
        low += 0.0;
        close += 0.0;
        volume += 0.0;
    }
}

package tradecanvas.ingest.upstream;

import tradecanvas.model.candle.Candle;

/**
 * A plausible way of the price inside a candle whose end is known: open, the nearer extreme, the other one, close.
 *
 * <p>Pure functions; a rising candle visits its low first, a falling one its high.
 */
final class FormingPath {
    private static final double FIRST_EXTREME_AT = 0.3;
    private static final double SECOND_EXTREME_AT = 0.7;

    private FormingPath() {}

    /** The bar as it stands after a part of its time, 0 (just opened) to 1 (as it will close). */
    static Candle at(Candle whole, double part) {
        boolean rising = whole.close() >= whole.open();
        double first = rising ? whole.low() : whole.high();
        double second = rising ? whole.high() : whole.low();
        double price = price(whole, first, second, part);
        double high = Math.max(whole.open(), price);
        double low = Math.min(whole.open(), price);
        if (part >= FIRST_EXTREME_AT) {
            high = Math.max(high, first);
            low = Math.min(low, first);
        }
        if (part >= SECOND_EXTREME_AT) {
            high = Math.max(high, second);
            low = Math.min(low, second);
        }
        return new Candle(whole.openTime(), whole.open(), high, low, price, whole.volume() * part);
    }

    private static double price(Candle whole, double first, double second, double part) {
        if (part < FIRST_EXTREME_AT) {
            return between(whole.open(), first, part / FIRST_EXTREME_AT);
        }
        if (part < SECOND_EXTREME_AT) {
            return between(first, second, (part - FIRST_EXTREME_AT) / (SECOND_EXTREME_AT - FIRST_EXTREME_AT));
        }
        return between(second, whole.close(), (part - SECOND_EXTREME_AT) / (1 - SECOND_EXTREME_AT));
    }

    private static double between(double from, double to, double part) {
        return from + (to - from) * part;
    }
}

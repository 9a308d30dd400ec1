package tradecanvas.store.digest;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;

/**
 * A row as a store holds it: its time and the raw bits of its doubles. Unlike a {@link Candle} it may hold anything that
 * somebody else wrote, NaN, infinities and the negative zero included.
 *
 * <p>Units: {@code time} in Unix seconds, the rest as of {@link Double#doubleToRawLongBits}.
 */
public record RowBits(long time, long open, long high, long low, long close, long volume) {
    private static final HexFormat HEX = HexFormat.of();

    /** Columns beside the key. */
    public static final int COLUMNS = 5;

    /** The bits of doubles. */
    public static RowBits of(long time, double open, double high, double low, double close, double volume) {
        return new RowBits(
                time,
                Double.doubleToRawLongBits(open),
                Double.doubleToRawLongBits(high),
                Double.doubleToRawLongBits(low),
                Double.doubleToRawLongBits(close),
                Double.doubleToRawLongBits(volume));
    }

    public static RowBits of(Candle candle) {
        return of(candle.openTime(), candle.open(), candle.high(), candle.low(), candle.close(), candle.volume());
    }

    /** The bits of the columns in their order. */
    public static RowBits of(long time, List<Long> bits) {
        if (bits.size() != COLUMNS) {
            throw new IllegalArgumentException("row " + time + " has " + bits.size() + " columns, not " + COLUMNS);
        }
        return new RowBits(time, bits.get(0), bits.get(1), bits.get(2), bits.get(3), bits.get(4));
    }

    /** The columns in their order: open, high, low, close, volume. */
    public List<Long> bits() {
        return List.of(open, high, low, close, volume);
    }

    /** The columns as five words of 16 hexadecimal digits; the empty text for no row. */
    public static String toHex(@Nullable RowBits row) {
        return row == null ? "" : row.bits().stream().map(HEX::toHexDigits).collect(Collectors.joining(" "));
    }

    /**
     * Reads what {@link #toHex} gives.
     *
     * @throws IllegalArgumentException where it is something else
     */
    public static @Nullable RowBits fromHex(long time, String hex) {
        return hex.isEmpty()
                ? null
                : of(
                        time,
                        Stream.of(hex.split(" ", COLUMNS + 1))
                                .map(HexFormat::fromHexDigitsToLong)
                                .toList());
    }

    /** Whether it is a candle: numbers that are finite, none of them a negative zero. */
    public boolean isCandle() {
        return isStorable(open) && isStorable(high) && isStorable(low) && isStorable(close) && isStorable(volume);
    }

    private static boolean isStorable(long bits) {
        return Double.isFinite(Double.longBitsToDouble(bits)) && bits != Double.doubleToRawLongBits(-0.0);
    }
}

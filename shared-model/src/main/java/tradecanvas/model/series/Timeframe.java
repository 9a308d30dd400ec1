package tradecanvas.model.series;

import org.jspecify.annotations.Nullable;

/**
 * The length of the candles of a series.
 *
 * <p>Units: seconds, positive.
 */
public record Timeframe(long seconds) {
    public Timeframe {
        if (seconds <= 0) {
            throw new IllegalArgumentException("timeframe of " + seconds + " s is not positive");
        }
    }

    /**
     * Reads {@code 1m}, {@code 4h}, {@code 1d}: a positive integer and a unit, case-sensitive, blanks around it ignored.
     *
     * @throws SeriesIdException with the contract's text
     */
    public static Timeframe parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw new SeriesIdException("empty timeframe");
        }
        char unit = trimmed.charAt(trimmed.length() - 1);
        long unitSeconds = switch (unit) {
            case 'm' -> 60;
            case 'h' -> 3_600;
            case 'd' -> 86_400;
            default -> throw new SeriesIdException("unsupported timeframe unit: '" + unit + "'");
        };
        return new Timeframe(secondsOf(trimmed, unitSeconds));
    }

    private static long secondsOf(String text, long unitSeconds) {
        try {
            long count = Long.parseLong(text, 0, text.length() - 1, 10);
            if (count > 0) {
                return Math.multiplyExact(count, unitSeconds);
            }
        } catch (NumberFormatException | ArithmeticException notACount) {
            throw invalid(text, notACount);
        }
        throw invalid(text, null);
    }

    private static SeriesIdException invalid(String text, @Nullable Exception cause) {
        SeriesIdException failure = new SeriesIdException("invalid timeframe: '" + text + "'");
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    /** The open time after {@code openTime}; the largest long where that would overflow. */
    public long next(long openTime) {
        long next = openTime + seconds;
        return next < openTime ? Long.MAX_VALUE : next;
    }
}

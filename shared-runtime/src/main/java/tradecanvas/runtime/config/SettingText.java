package tradecanvas.runtime.config;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the text of settings as existing deployments expect it. Pure functions. */
final class SettingText {
    private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d++(?:_\\d++)*+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d++\\.?\\d*+|\\.\\d++)(?:[eE][+-]?\\d++)?");
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private SettingText() {}

    static boolean truthy(String text) {
        return TRUE.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    /** A whole number, at the end of the range of a long where it is beyond; empty where the text is none. */
    static OptionalLong integer(String text) {
        String trimmed = text.strip();
        if (!INTEGER.matcher(trimmed).matches()) {
            return OptionalLong.empty();
        }
        BigInteger value = new BigInteger(trimmed.replace("_", ""));
        return OptionalLong.of(value.max(LONG_MIN).min(LONG_MAX).longValueExact());
    }

    /** A finite decimal number; empty where the text is none. */
    static OptionalDouble number(String text) {
        String trimmed = text.strip();
        if (!NUMBER.matcher(trimmed).matches()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(trimmed);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** The parts between commas, trimmed, without empty ones, each once. */
    static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
    }
}

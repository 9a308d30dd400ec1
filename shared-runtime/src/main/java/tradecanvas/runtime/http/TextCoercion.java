package tradecanvas.runtime.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads values from text as leniently as clients are used to. Pure functions. */
final class TextCoercion {
    /** Characters of a number with a fraction; the shortest text of a double has at most 24. */
    static final int NUMBER_CHARS_MAX = 1000;

    private static final Pattern INTEGER = Pattern.compile("([+-]?)(?=\\d)0*+(\\d[\\d_]*+|)(?:\\.0*+)?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d[\\d_]*+\\.?\\d*+|\\.\\d++)(?:[eE][+-]?\\d++)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[+-]?(?:inf|infinity|nan)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> TRUE = Set.of("1", "true", "yes", "on", "t", "y");
    private static final Set<String> FALSE = Set.of("0", "false", "no", "off", "f", "n");

    private TextCoercion() {}

    static Coerced<Long> integer(String text) {
        String trimmed = text.strip();
        Matcher matcher = INTEGER.matcher(trimmed);
        if (!matcher.matches() || strayUnderscore(trimmed)) {
            return Coerced.refused(Problem.INT_PARSING);
        }
        String digits = matcher.group(2).replace("_", "");
        try {
            return Coerced.accepted(digits.isEmpty() ? 0 : Long.parseLong(matcher.group(1) + digits));
        } catch (NumberFormatException tooLong) {
            return Coerced.refused(Problem.INT_PARSING_SIZE);
        }
    }

    static Coerced<Double> number(String text) {
        String trimmed = text.strip();
        if (NOT_FINITE.matcher(trimmed).matches()) {
            return Coerced.refused(Problem.FINITE_NUMBER);
        }
        if (trimmed.length() > NUMBER_CHARS_MAX || !NUMBER.matcher(trimmed).matches() || strayUnderscore(trimmed)) {
            return Coerced.refused(Problem.FLOAT_PARSING);
        }
        double value = Double.parseDouble(trimmed.replace("_", ""));
        return Double.isFinite(value) ? Coerced.accepted(value) : Coerced.refused(Problem.FINITE_NUMBER);
    }

    static Coerced<Boolean> bool(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (TRUE.contains(lower)) {
            return Coerced.accepted(true);
        }
        return FALSE.contains(lower) ? Coerced.accepted(false) : Coerced.refused(Problem.BOOL_PARSING);
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    /** An underscore may stand between two digits only. */
    private static boolean strayUnderscore(String text) {
        for (int i = text.indexOf('_'); i >= 0; i = text.indexOf('_', i + 1)) {
            if (i == 0 || i == text.length() - 1 || !isDigit(text.charAt(i - 1)) || !isDigit(text.charAt(i + 1))) {
                return true;
            }
        }
        return false;
    }
}

package tradecanvas.runtime.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads query parameters one by one, and collects what is wrong with them in the order of the calls.
 *
 * <p>A value that is refused comes back as a stand-in, which {@link #verify} keeps from being used. Of a repeated
 * parameter the last one counts. Owner: one request.
 */
public final class QueryReader {
    private final Map<String, String> lastValues;
    private final Violations violations = new Violations();

    private QueryReader(Map<String, String> lastValues) {
        this.lastValues = lastValues;
    }

    /** The parameters of a query string as it stands in the request line, null where there is none. */
    public static QueryReader of(@Nullable String query) {
        return new QueryReader(QueryString.lastValues(query));
    }

    /** Text of at least so many characters. */
    public String requiredString(String name, int lengthMin) {
        String text = lastValues.get(name);
        if (text == null) {
            missing(name);
            return "";
        }
        return checkedLength(name, text, lengthMin, Integer.MAX_VALUE);
    }

    /** Text of at least and at most so many characters. */
    public String string(String name, String whenAbsent, int lengthMin, int lengthMax) {
        String text = lastValues.get(name);
        return text == null ? whenAbsent : checkedLength(name, text, lengthMin, lengthMax);
    }

    /** One of the given words, exactly. */
    public String requiredChoice(String name, String... choices) {
        String text = lastValues.get(name);
        if (text == null) {
            missing(name);
            return choices[0];
        }
        if (!Arrays.asList(choices).contains(text)) {
            refuse(name, text, Problem.noneOf(listed(choices)));
        }
        return text;
    }

    /** A whole number between two bounds, both included. */
    public int integer(String name, int whenAbsent, int minimum, int maximum) {
        String text = lastValues.get(name);
        return text == null ? whenAbsent : (int) checkedInteger(name, text, minimum, maximum);
    }

    /** A whole number from a minimum on. */
    public long integerAtLeast(String name, long whenAbsent, long minimum) {
        return optionalIntegerAtLeast(name, minimum).orElse(whenAbsent);
    }

    /** A whole number from a minimum on, empty where the parameter is absent. */
    public OptionalLong optionalIntegerAtLeast(String name, long minimum) {
        String text = lastValues.get(name);
        return text == null
                ? OptionalLong.empty()
                : OptionalLong.of(checkedInteger(name, text, minimum, Long.MAX_VALUE));
    }

    /** A whole number from a minimum on that must be there. */
    public long requiredIntegerAtLeast(String name, long minimum) {
        String text = lastValues.get(name);
        if (text == null) {
            missing(name);
            return minimum;
        }
        return checkedInteger(name, text, minimum, Long.MAX_VALUE);
    }

    /** A finite number between two bounds, both included. */
    public double number(String name, double whenAbsent, double minimum, double maximum) {
        String text = lastValues.get(name);
        if (text == null) {
            return whenAbsent;
        }
        double value = coerced(name, text, TextCoercion.number(text), whenAbsent);
        if (value < minimum) {
            refuse(name, text, Problem.lessThan(minimum));
        } else if (value > maximum) {
            refuse(name, text, Problem.moreThan(maximum));
        }
        return value;
    }

    /** A switch. */
    public boolean bool(String name, boolean whenAbsent) {
        String text = lastValues.get(name);
        return text == null ? whenAbsent : coerced(name, text, TextCoercion.bool(text), whenAbsent);
    }

    /**
     * Ends the request if anything was refused.
     *
     * @throws ValidationException with everything that was refused
     */
    public void verify() {
        violations.verify();
    }

    private String checkedLength(String name, String text, int lengthMin, int lengthMax) {
        int length = text.codePointCount(0, text.length());
        if (length < lengthMin) {
            refuse(name, text, Problem.stringTooShort(lengthMin));
        } else if (length > lengthMax) {
            refuse(name, text, Problem.stringTooLong(lengthMax));
        }
        return text;
    }

    private long checkedInteger(String name, String text, long minimum, long maximum) {
        long value = coerced(name, text, TextCoercion.integer(text), minimum);
        if (value < minimum) {
            refuse(name, text, Problem.lessThan(minimum));
        } else if (value > maximum) {
            refuse(name, text, Problem.moreThan(maximum));
        }
        return value;
    }

    private <T> T coerced(String name, String text, Coerced<T> coerced, T standIn) {
        return switch (coerced) {
            case Coerced.Accepted<T>(T value) -> value;
            case Coerced.Refused<T>(Problem problem) -> {
                refuse(name, text, problem);
                yield standIn;
            }
        };
    }

    private void missing(String name) {
        violations.add(Problem.MISSING, List.of("query", name), () -> "null");
    }

    private void refuse(String name, String text, Problem problem) {
        violations.add(problem, List.of("query", name), () -> Echo.text(text));
    }

    private static String listed(String... choices) {
        String last = "'" + choices[choices.length - 1] + "'";
        if (choices.length == 1) {
            return last;
        }
        return Arrays.stream(choices, 0, choices.length - 1)
                .map(choice -> "'" + choice + "'")
                .collect(Collectors.joining(", ", "", " or " + last));
    }
}

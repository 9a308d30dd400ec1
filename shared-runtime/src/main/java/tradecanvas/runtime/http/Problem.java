package tradecanvas.runtime.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** Why an input value is refused: type, message and, for some, the bounds that it missed. */
record Problem(String type, String message, Map<String, Object> context) {
    static final Problem MISSING = of("missing", "Field required");
    static final Problem STRING_TYPE = of("string_type", "Input should be a valid string");
    static final Problem STRING_UNICODE =
            of("string_unicode", "Input should be a valid string, unable to parse raw data as a unicode string");
    static final Problem INT_TYPE = of("int_type", "Input should be a valid integer");
    static final Problem INT_PARSING =
            of("int_parsing", "Input should be a valid integer, unable to parse string as an integer");
    static final Problem INT_PARSING_SIZE =
            of("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size");
    static final Problem INT_FROM_FLOAT =
            of("int_from_float", "Input should be a valid integer, got a number with a fractional part");
    static final Problem FLOAT_TYPE = of("float_type", "Input should be a valid number");
    static final Problem FLOAT_PARSING =
            of("float_parsing", "Input should be a valid number, unable to parse string as a number");
    static final Problem FINITE_NUMBER = of("finite_number", "Input should be a finite number");
    static final Problem BOOL_TYPE = of("bool_type", "Input should be a valid boolean");
    static final Problem BOOL_PARSING =
            of("bool_parsing", "Input should be a valid boolean, unable to interpret input");
    static final Problem LIST_TYPE = of("list_type", "Input should be a valid list");
    static final Problem OBJECT_TYPE =
            of("model_attributes_type", "Input should be a valid dictionary or object to extract fields from");

    static Problem jsonInvalid(String error) {
        return new Problem("json_invalid", "JSON decode error", Map.of("error", error));
    }

    static Problem stringTooShort(int length) {
        return new Problem(
                "string_too_short",
                "String should have at least " + counted(length, "character"),
                Map.of("min_length", length));
    }

    static Problem stringTooLong(int length) {
        return new Problem(
                "string_too_long",
                "String should have at most " + counted(length, "character"),
                Map.of("max_length", length));
    }

    static Problem lessThan(Number minimum) {
        return new Problem(
                "greater_than_equal",
                "Input should be greater than or equal to " + shown(minimum),
                Map.of("ge", minimum));
    }

    static Problem moreThan(Number maximum) {
        return new Problem(
                "less_than_equal", "Input should be less than or equal to " + shown(maximum), Map.of("le", maximum));
    }

    static Problem noneOf(String choices) {
        return new Problem("literal_error", "Input should be " + choices, Map.of("expected", choices));
    }

    static Problem listTooShort(int minimum, int actual) {
        return list("too_short", "at least", "min_length", minimum, actual);
    }

    static Problem listTooLong(int maximum, int actual) {
        return list("too_long", "at most", "max_length", maximum, actual);
    }

    static Problem tooManyFields(int maximum) {
        return new Problem(
                "too_many_fields", "Object should have at most " + maximum + " fields", Map.of("max_length", maximum));
    }

    static Problem notShown(int shown, long more) {
        return new Problem(
                "too_many_errors",
                "Only the first " + shown + " errors are listed, " + more + " more were found",
                Map.of("listed", shown, "not_listed", more));
    }

    private static Problem of(String type, String message) {
        return new Problem(type, message, Map.of());
    }

    private static Problem list(String type, String bound, String boundName, int limit, int actual) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("field_type", "List");
        context.put(boundName, limit);
        context.put("actual_length", actual);
        return new Problem(
                type,
                "List should have " + bound + " " + counted(limit, "item") + " after validation, not " + actual,
                context);
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String shown(Number number) {
        return number instanceof Double fraction && fraction == Math.rint(fraction)
                ? Long.toString(fraction.longValue())
                : number.toString();
    }
}

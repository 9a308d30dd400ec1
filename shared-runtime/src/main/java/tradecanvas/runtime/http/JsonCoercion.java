package tradecanvas.runtime.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import java.io.IOException;

/** Reads values from the token that a JSON parser stands at; where JSON has another kind, its text may still do. */
final class JsonCoercion {
    private static final double LONG_END = 0x1p63;

    private JsonCoercion() {}

    static Coerced<Long> integer(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == NumberType.BIG_INTEGER
                        ? Coerced.refused(Problem.INT_PARSING_SIZE)
                        : Coerced.accepted(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> wholeNumber(parser.getDoubleValue());
            case VALUE_STRING -> TextCoercion.integer(parser.getText());
            default -> Coerced.refused(Problem.INT_TYPE);
        };
    }

    static Coerced<Double> number(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                double value = parser.getDoubleValue();
                yield Double.isFinite(value) ? Coerced.accepted(value) : Coerced.refused(Problem.FINITE_NUMBER);
            }
            case VALUE_STRING -> TextCoercion.number(parser.getText());
            default -> Coerced.refused(Problem.FLOAT_TYPE);
        };
    }

    static Coerced<Boolean> bool(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> Coerced.accepted(true);
            case VALUE_FALSE -> Coerced.accepted(false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> numberAsBool(parser.getDoubleValue());
            case VALUE_STRING -> TextCoercion.bool(parser.getText());
            default -> Coerced.refused(Problem.BOOL_TYPE);
        };
    }

    static Coerced<String> text(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> {
                String text = parser.getText();
                yield isWellFormed(text) ? Coerced.accepted(text) : Coerced.refused(Problem.STRING_UNICODE);
            }
            default -> Coerced.refused(Problem.STRING_TYPE);
        };
    }

    private static Coerced<Long> wholeNumber(double value) {
        if (!Double.isFinite(value)) {
            return Coerced.refused(Problem.FINITE_NUMBER);
        }
        if (value != Math.rint(value)) {
            return Coerced.refused(Problem.INT_FROM_FLOAT);
        }
        return value >= -LONG_END && value < LONG_END
                ? Coerced.accepted((long) value)
                : Coerced.refused(Problem.INT_PARSING_SIZE);
    }

    private static Coerced<Boolean> numberAsBool(double value) {
        if (value == 0 || value == 1) {
            return Coerced.accepted(value == 1);
        }
        return Coerced.refused(Problem.BOOL_PARSING);
    }

    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}

package tradecanvas.runtime.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;

/**
 * Reads candle objects: the usual ones, all fields there and all of them numbers, in one pass without a copy; any other
 * once more and field by field, to accept or explain it. Owner: one request.
 */
final class CandleReader {
    /** What stands in for a refused candle; the request ends before anybody uses it. */
    static final Candle STAND_IN = new Candle(0, 0, 0, 0, 0, 0);

    private static final int NUMBERS = 5;
    private static final int ALL_SEEN = (1 << (NUMBERS + 1)) - 1;

    private final double[] numbers = new double[NUMBERS];
    private long time;

    /** Reads one candle from its own slice. */
    static Candle one(Slice slice, List<Object> location, Violations violations) {
        if (slice.token() != JsonToken.START_OBJECT) {
            violations.add(Problem.OBJECT_TYPE, location, () -> Echo.json(slice));
            return STAND_IN;
        }
        try (JsonParser parser = slice.parser()) {
            parser.nextToken();
            Candle usual = new CandleReader().usual(parser);
            return usual == null ? careful(slice, location, violations) : usual;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Reads any well-formed object, field by field in the order of the contract. */
    static Candle careful(Slice object, List<Object> location, Violations violations) {
        Violations found = new Violations();
        BodyReader reader = new BodyReader(ObjectFields.of(object), location, found);
        Candle candle = new Candle(
                reader.requiredInteger("candle_time"),
                reader.requiredNumber("open"),
                reader.requiredNumber("high"),
                reader.requiredNumber("low"),
                reader.requiredNumber("close"),
                reader.requiredNumber("volume"));
        violations.addAll(found);
        return found.isEmpty() ? candle : STAND_IN;
    }

    /** Reads the object at the parser's token up to its end; null if it is not a usual one. */
    @Nullable
    Candle usual(JsonParser parser) throws IOException {
        int seen = 0;
        boolean usual = true;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            int field = position(name);
            JsonToken token = parser.nextToken();
            if (field < 0) {
                parser.skipChildren();
            } else if (usual && accept(parser, token, field)) {
                seen |= 1 << field;
            } else {
                usual = false;
                parser.skipChildren();
            }
        }
        return usual && seen == ALL_SEEN
                ? new Candle(time, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
                : null;
    }

    private boolean accept(JsonParser parser, JsonToken token, int field) throws IOException {
        if (field == NUMBERS) {
            if (token != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() == NumberType.BIG_INTEGER) {
                return false;
            }
            time = parser.getLongValue();
            return true;
        }
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            return false;
        }
        numbers[field] = parser.getDoubleValue();
        return Double.isFinite(numbers[field]);
    }

    private static int position(String name) {
        return switch (name) {
            case "open" -> 0;
            case "high" -> 1;
            case "low" -> 2;
            case "close" -> 3;
            case "volume" -> 4;
            case "candle_time" -> NUMBERS;
            default -> -1;
        };
    }
}

package tradecanvas.runtime.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;

/** Reads a list of candle objects in one pass. Owner: one request. */
final class CandleListReader {
    private final Slice list;
    private final List<Object> location;
    private final Violations violations;
    private final Violations itemViolations = new Violations();
    private final CandleReader reader = new CandleReader();

    CandleListReader(Slice list, List<Object> location, Violations violations) {
        this.list = list;
        this.location = location;
        this.violations = violations;
    }

    /** The candles; an incomplete list where something was refused. A list that is too long is only counted. */
    List<Candle> read(int sizeMin, int sizeMax) {
        if (list.token() != JsonToken.START_ARRAY) {
            violations.add(Problem.LIST_TYPE, location, () -> Echo.json(list));
            return List.of();
        }
        List<Candle> candles = new ArrayList<>();
        int size = readItems(candles, sizeMax);
        if (size > sizeMax) {
            violations.add(Problem.listTooLong(sizeMax, size), location, () -> Echo.json(list));
        } else if (size < sizeMin && itemViolations.isEmpty()) {
            violations.add(Problem.listTooShort(sizeMin, size), location, () -> Echo.json(list));
        } else {
            violations.addAll(itemViolations);
        }
        return candles;
    }

    private int readItems(List<Candle> candles, int sizeMax) {
        int size = 0;
        try (JsonParser parser = list.parser()) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (size < sizeMax) {
                    candles.add(item(parser, size));
                } else {
                    parser.skipChildren();
                }
                size++;
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return size;
    }

    private Candle item(JsonParser parser, int index) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            Slice value = ObjectFields.value(parser, list.body(), list.start());
            return CandleReader.one(value, at(index), itemViolations);
        }
        int start = ObjectFields.tokenStart(parser, list.start());
        @Nullable Candle usual = reader.usual(parser);
        if (usual != null) {
            return usual;
        }
        int end = ObjectFields.tokenEnd(parser, list.start());
        Slice object = new Slice(list.body(), start, end, JsonToken.START_OBJECT);
        return CandleReader.careful(object, at(index), itemViolations);
    }

    private List<Object> at(int index) {
        List<Object> path = new ArrayList<>(location);
        path.add(index);
        return path;
    }
}

package tradecanvas.runtime.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the fields of one JSON object stand in its body; of two with the same name the later one counts. */
final class ObjectFields {
    /** Fields of one object; the contract's have six, unknown ones are ignored up to this. */
    static final int FIELDS_MAX = 256;

    private final Slice object;
    private final Map<String, Slice> fields;
    private final boolean tooMany;

    private ObjectFields(Slice object, Map<String, Slice> fields, boolean tooMany) {
        this.object = object;
        this.fields = fields;
        this.tooMany = tooMany;
    }

    /** Reads an object that is known to be well-formed. */
    static ObjectFields of(Slice object) {
        try (JsonParser parser = object.parser()) {
            parser.nextToken();
            return read(parser, object.body(), object.start());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Reads the object that starts at the parser's token, and leaves the parser at its end. */
    static ObjectFields read(JsonParser parser, byte[] body, int parserStart) throws IOException {
        int start = tokenStart(parser, parserStart);
        Map<String, Slice> fields = HashMap.newHashMap(8);
        boolean tooMany = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            Slice value = value(parser, body, parserStart);
            if (fields.size() < FIELDS_MAX || fields.containsKey(name)) {
                fields.put(name, value);
            } else {
                tooMany = true;
            }
        }
        Slice object = new Slice(body, start, tokenEnd(parser, parserStart), JsonToken.START_OBJECT);
        return new ObjectFields(object, fields, tooMany);
    }

    /** The whole value that starts at the parser's token; leaves the parser at its last token. */
    static Slice value(JsonParser parser, byte[] body, int parserStart) throws IOException {
        JsonToken first = parser.currentToken();
        int start = tokenStart(parser, parserStart);
        parser.skipChildren();
        parser.finishToken();
        return new Slice(body, start, tokenEnd(parser, parserStart), first);
    }

    static int tokenStart(JsonParser parser, int parserStart) {
        return parserStart + (int) parser.currentTokenLocation().getByteOffset();
    }

    static int tokenEnd(JsonParser parser, int parserStart) {
        return parserStart + (int) parser.currentLocation().getByteOffset();
    }

    Slice object() {
        return object;
    }

    boolean tooMany() {
        return tooMany;
    }

    @Nullable
    Slice find(String name) {
        return fields.get(name);
    }
}

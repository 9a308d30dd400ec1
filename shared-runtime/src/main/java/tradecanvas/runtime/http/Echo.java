package tradecanvas.runtime.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Repeats refused input in the answer, always as valid ASCII JSON: escapes stand for what UTF-8 cannot hold, text for
 * numbers that JSON does not have, and a marker for what is longer than {@value #INPUT_BYTES_MAX} bytes.
 */
final class Echo {
    /** Bytes of input that are repeated; a list of a hundred violations stays small. */
    static final int INPUT_BYTES_MAX = 1024;

    private Echo() {}

    /** Text as a JSON string. */
    static String text(String text) {
        if (text.length() > INPUT_BYTES_MAX) {
            return marker(text.length(), "characters");
        }
        StringWriter copy = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(copy)) {
            json.writeString(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return copy.toString();
    }

    /** Bytes that are no JSON, as a JSON string. */
    static String bytes(byte[] bytes) {
        return bytes.length > INPUT_BYTES_MAX
                ? marker(bytes.length, "bytes")
                : text(new String(bytes, StandardCharsets.UTF_8));
    }

    /** A well-formed JSON value. */
    static String json(Slice value) {
        if (value.length() > INPUT_BYTES_MAX) {
            return marker(value.length(), "bytes");
        }
        StringWriter copy = new StringWriter();
        try (JsonParser parser = value.parser();
                JsonGenerator json = Json.FACTORY.createGenerator(copy)) {
            while (parser.nextToken() != null) {
                copy(parser, json);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return copy.toString();
    }

    private static void copy(JsonParser parser, JsonGenerator json) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT || (token == JsonToken.VALUE_NUMBER_FLOAT && !parser.isNaN())) {
            json.writeNumber(parser.getText());
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            json.writeString(parser.getText());
        } else {
            json.copyCurrentEvent(parser);
        }
    }

    private static String marker(int size, String unit) {
        return String.format(Locale.ROOT, "\"<%d %s, not repeated>\"", size, unit);
    }
}

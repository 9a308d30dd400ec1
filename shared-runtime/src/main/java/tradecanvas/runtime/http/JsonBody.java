package tradecanvas.runtime.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes a request body apart as far as its outermost object. */
sealed interface JsonBody {
    /** The body is an object. */
    record Fields(ObjectFields fields) implements JsonBody {}

    /** The body is well-formed, or no JSON was promised, but it is no object. */
    record Unfit(Problem problem, String inputJson) implements JsonBody {}

    List<Object> LOCATION = List.of("body");
    int ERROR_CHARS_MAX = 200;
    int BYTE_ORDER_MARK_BYTES = 3;

    /**
     * Reads a body.
     *
     * @throws ValidationException where JSON was promised and this is none
     */
    static JsonBody parse(byte[] body, @Nullable String contentType) {
        if (body.length == 0) {
            return new Unfit(Problem.MISSING, "null");
        }
        if (!isJson(contentType)) {
            return new Unfit(Problem.OBJECT_TYPE, Echo.bytes(body));
        }
        int overlong = overlongAt(body);
        if (overlong >= 0) {
            throw invalid(body, overlong, "Overlong UTF-8 sequence");
        }
        int start = startsWithByteOrderMark(body) ? BYTE_ORDER_MARK_BYTES : 0;
        try (JsonParser parser = Json.FACTORY.createParser(body, start, body.length - start)) {
            return parse(parser, body, start);
        } catch (JsonProcessingException malformed) {
            throw invalid(body, start, malformed);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static JsonBody parse(JsonParser parser, byte[] body, int start) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw invalid(body, body.length, "Expecting value");
        }
        JsonBody parsed;
        if (first == JsonToken.START_OBJECT) {
            parsed = new Fields(ObjectFields.read(parser, body, start));
        } else {
            Slice value = ObjectFields.value(parser, body, start);
            boolean absent = first == JsonToken.VALUE_NULL;
            parsed = new Unfit(absent ? Problem.MISSING : Problem.OBJECT_TYPE, Echo.json(value));
        }
        if (parser.nextToken() != null) {
            throw invalid(body, ObjectFields.tokenStart(parser, start), "Extra data");
        }
        return parsed;
    }

    private static ValidationException invalid(byte[] body, int start, JsonProcessingException malformed) {
        int offset = malformed.getLocation() == null
                ? body.length
                : start + (int) Math.max(0, malformed.getLocation().getByteOffset());
        String error = malformed.getOriginalMessage().lines().findFirst().orElse("not JSON");
        return invalid(body, offset, error.substring(0, Math.min(error.length(), ERROR_CHARS_MAX)));
    }

    private static ValidationException invalid(byte[] body, int offset, String error) {
        List<Object> location = List.of("body", characters(body, offset));
        return new ValidationException(List.of(new Violation(Problem.jsonInvalid(error), location, "{}")));
    }

    /** How many characters the first bytes hold: each has one byte that does not continue another. */
    private static int characters(byte[] body, int end) {
        int count = 0;
        for (int i = 0; i < Math.min(end, body.length); i++) {
            if ((body[i] & 0xc0) != 0x80) {
                count++;
            }
        }
        return count;
    }

    /** A body without a content type is taken for JSON, as clients are used to. */
    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return true;
        }
        String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return mediaType.equals(JsonResponses.JSON)
                || (mediaType.startsWith("application/") && mediaType.endsWith("+json"));
    }

    /** Where a character is spelled with more bytes than it needs, -1 if nowhere; the parser would accept it. */
    private static int overlongAt(byte[] body) {
        for (int i = 0; i < body.length; i++) {
            if (body[i] < 0 && isOverlong(body[i] & 0xff, i + 1 < body.length ? body[i + 1] & 0xff : 0xff)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isOverlong(int first, int second) {
        return switch (first) {
            case 0xc0, 0xc1 -> true;
            case 0xe0 -> second < 0xa0;
            case 0xf0 -> second < 0x90;
            default -> false;
        };
    }

    private static boolean startsWithByteOrderMark(byte[] body) {
        return body.length >= BYTE_ORDER_MARK_BYTES
                && body[0] == (byte) 0xef
                && body[1] == (byte) 0xbb
                && body[2] == (byte) 0xbf;
    }
}

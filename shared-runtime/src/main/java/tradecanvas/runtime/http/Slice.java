package tradecanvas.runtime.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** One well-formed JSON value inside a body, whose bytes are shared and never changed. */
final class Slice {
    private final byte[] body;
    private final int start;
    private final int end;
    private final JsonToken token;

    Slice(byte[] body, int start, int end, JsonToken token) {
        this.body = body;
        this.start = start;
        this.end = end;
        this.token = token;
    }

    byte[] body() {
        return body;
    }

    int start() {
        return start;
    }

    int length() {
        return end - start;
    }

    /** The first token, which tells the kind of the value. */
    JsonToken token() {
        return token;
    }

    /** A parser before the first token. */
    JsonParser parser() throws IOException {
        return Json.FACTORY.createParser(body, start, length());
    }
}

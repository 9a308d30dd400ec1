package tradecanvas.runtime.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import tradecanvas.model.wire.JsonBuffer;

/** Makes answers of JSON bytes. */
public final class JsonResponses {
    /** The content type of every JSON answer. */
    public static final String JSON = "application/json";

    private JsonResponses() {}

    /** A success. */
    public static Response ok(byte[] json) {
        return of(200, json);
    }

    /** A success, straight from the buffer that was written. */
    public static Response ok(JsonBuffer json) {
        return of(200, json.toByteArray());
    }

    /** Any answer. */
    public static Response of(int status, byte[] json) {
        return Response.status(status)
                .entity(json)
                .header(HttpHeaders.CONTENT_TYPE, JSON)
                .build();
    }

    /** The envelope of a refusal. */
    public static Response error(int status, String detail) {
        return of(status, errorBody(detail));
    }

    /** The body of a refusal. */
    public static byte[] errorBody(String detail) {
        return new JsonBuffer(detail.length() + 16)
                .ascii("{\"detail\":")
                .string(detail)
                .ascii("}")
                .toByteArray();
    }
}

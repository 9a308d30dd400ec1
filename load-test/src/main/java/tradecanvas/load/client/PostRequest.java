package tradecanvas.load.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.model.wire.ServerMessageCodec;

/** Builds the HTTP requests that bring closed candles in, keep-alive, as bytes ready for the connection. Stateless. */
public final class PostRequest {
    /** Where single candles go. */
    public static final String SINGLE_PATH = "/api/market/ingest/candle_closed";

    private static final String BATCH_PATH = "/api/dev/market/ingest/candles_closed_batch";

    private PostRequest() {}

    /** One candle. The body uses the server's own key order and number format. */
    public static byte[] single(URI base, String seriesId, Candle candle) {
        return request(base, SINGLE_PATH, singleBody(seriesId, candle));
    }

    /** One candle as the message that sockets get, for servers that hand on what is posted. */
    public static byte[] message(URI base, String seriesId, Candle candle) {
        JsonBuffer body = new JsonBuffer(256);
        body.ascii("{\"type\":\"candle_closed\",\"series_id\":")
                .string(seriesId)
                .ascii(",\"candle\":");
        ServerMessageCodec.writeCandle(body, candle);
        return request(base, SINGLE_PATH, body.ascii("}"));
    }

    /** The body for one candle, for clients that make the rest themselves. */
    public static JsonBuffer singleBody(String seriesId, Candle candle) {
        JsonBuffer body = new JsonBuffer(256);
        body.ascii("{\"series_id\":").string(seriesId).ascii(",\"candle\":");
        ServerMessageCodec.writeCandle(body, candle);
        return body.ascii("}");
    }

    /** Several candles, not published to sockets. */
    public static byte[] batch(URI base, String seriesId, List<Candle> candles) {
        JsonBuffer body = new JsonBuffer(256 + candles.size() * 128);
        body.ascii("{\"series_id\":").string(seriesId).ascii(",\"candles\":");
        ServerMessageCodec.writeCandles(body, candles);
        body.ascii(",\"publish_ws\":false}");
        return request(base, BATCH_PATH, body);
    }

    private static byte[] request(URI base, String path, JsonBuffer body) {
        String head = "POST " + path + " HTTP/1.1\r\n"
                + "Host: " + base.getAuthority() + "\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        byte[] bodyBytes = body.toByteArray();
        byte[] request = new byte[headBytes.length + bodyBytes.length];
        System.arraycopy(headBytes, 0, request, 0, headBytes.length);
        System.arraycopy(bodyBytes, 0, request, headBytes.length, bodyBytes.length);
        return request;
    }
}

package tradecanvas.system.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** The HTTP side of a server. Threads: any. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer with its body as text. */
    public record Answer(int status, String body, HttpResponse<String> response) {
        public JsonNode json() {
            return Api.json(body);
        }
    }

    private final HttpClient http;
    private final URI base;

    public Api(HttpClient http, URI base) {
        this.http = http;
        this.base = base;
    }

    /** Text that must be JSON. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(text, notJson);
        }
    }

    /** Path and query as they stand in the request line, without the leading slash. */
    public Answer get(String pathAndQuery) {
        return send(HttpRequest.newBuilder(base.resolve(pathAndQuery)).GET().build());
    }

    public Answer post(String path, String json) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** Posts one closed candle with prices made from its time. */
    public Answer postClosed(String series, long time) {
        return post(
                "api/market/ingest/candle_closed",
                "{\"series_id\":\"" + series + "\",\"candle\":" + candle(time) + "}");
    }

    public Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The candle that {@link #postClosed} posts, in the server's own writing. */
    public static String candle(long time) {
        double open = 100 + time % 1000 / 10.0;
        return "{\"candle_time\":" + time + ",\"open\":" + open + ",\"high\":" + (open + 2) + ",\"low\":" + (open - 1)
                + ",\"close\":" + (open + 0.5) + ",\"volume\":10.0}";
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

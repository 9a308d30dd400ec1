package tradecanvas.load.smoke;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tradecanvas.load.client.PostRequest;
import tradecanvas.load.smoke.SmokeOutcome.Ingest;
import tradecanvas.load.smoke.SmokeOutcome.MetricsSnapshot;
import tradecanvas.load.smoke.SmokeOutcome.TriggerCheck;
import tradecanvas.model.candle.Candle;

/** The HTTP calls of the smoke; failures are results, not exceptions. Threads: one owner. */
final class SmokeBackend implements AutoCloseable {
    private static final int RESPONSE_CHARACTERS_MAX = 2_000;

    private final SmokeParameters parameters;
    private final HttpClient client;
    private final ObjectMapper mapper = new ObjectMapper();

    SmokeBackend(SmokeParameters parameters) {
        this.parameters = parameters;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(parameters.httpTimeout())
                .build();
    }

    /** Looks for candles at or after the trigger time: with one of those no client would get the trigger live. */
    TriggerCheck checkTrigger() throws InterruptedException {
        String query = "?series_id=" + URLEncoder.encode(parameters.seriesId(), StandardCharsets.UTF_8) + "&since="
                + Math.max(0, parameters.triggerCandleTime() - 1) + "&limit=1";
        Answer answer = send(request("/api/market/candles" + query).build());
        if (answer.status == null || answer.status != 200) {
            return new TriggerCheck(OptionalLong.empty(), false, answer.failure());
        }
        try {
            JsonNode head = mapper.readTree(answer.body).path("server_head_time");
            OptionalLong known = head.isNumber() ? OptionalLong.of(head.asLong()) : OptionalLong.empty();
            boolean stored = known.isPresent() && known.getAsLong() >= parameters.triggerCandleTime();
            return new TriggerCheck(known, stored, null);
        } catch (JsonProcessingException malformed) {
            return new TriggerCheck(OptionalLong.empty(), false, "not JSON: " + malformed.getOriginalMessage());
        }
    }

    /** Posts one candle; {@code posted} in the result is 1. */
    Ingest ingest(long candleTime) throws InterruptedException {
        byte[] body = PostRequest.singleBody(parameters.seriesId(), new Candle(candleTime, 100, 101, 99, 100.5, 10))
                .toByteArray();
        Answer answer = send(request(PostRequest.SINGLE_PATH)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
        String start = answer.body.substring(0, Math.min(answer.body.length(), RESPONSE_CHARACTERS_MAX));
        return new Ingest(answer.status, answer.status == null ? null : start, answer.error, 1);
    }

    /** The server's metrics, as they are after the run. */
    MetricsSnapshot metrics() throws InterruptedException {
        Answer answer = send(request("/api/market/debug/metrics").build());
        if (answer.status == null || answer.status != 200) {
            return new MetricsSnapshot(false, answer.status, null, answer.failure());
        }
        try {
            return new MetricsSnapshot(true, answer.status, mapper.readTree(answer.body), null);
        } catch (JsonProcessingException malformed) {
            return new MetricsSnapshot(false, answer.status, null, "not JSON: " + malformed.getOriginalMessage());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private record Answer(
            @Nullable Integer status, String body, @Nullable String error) {
        String failure() {
            return error != null ? error : "status " + status + " " + body;
        }
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        String base = parameters.backendBase().toString().replaceFirst("/$", "");
        return HttpRequest.newBuilder(URI.create(base + pathAndQuery)).timeout(parameters.httpTimeout());
    }

    private Answer send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), null);
        } catch (IOException failure) {
            String message = failure.getMessage();
            return new Answer(null, "", failure.getClass().getSimpleName() + (message == null ? "" : ": " + message));
        }
    }
}

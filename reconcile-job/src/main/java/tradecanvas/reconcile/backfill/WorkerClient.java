package tradecanvas.reconcile.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The worker's internal listener. Errors: IOException with what the worker said. */
final class WorkerClient {
    private static final String BACKFILL = "/internal/mirror/backfill";
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    /** A start counts the truth's candles first. */
    private static final Duration ANSWER_MAX = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .build();
    private final URI base;

    WorkerClient(URI base) {
        this.base = base;
    }

    BackfillProgress start() throws IOException, InterruptedException {
        return ask("POST");
    }

    BackfillProgress look() throws IOException, InterruptedException {
        return ask("GET");
    }

    BackfillProgress stop() throws IOException, InterruptedException {
        return ask("DELETE");
    }

    private BackfillProgress ask(String method) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(BACKFILL))
                .timeout(ANSWER_MAX)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(base + " answered " + response.statusCode() + ": " + response.body());
        }
        JsonNode json = JSON.readTree(response.body());
        return new BackfillProgress(
                json.path("phase").asText(),
                json.path("series_id").asText(),
                json.path("rows_done").asLong(),
                json.path("rows_total").asLong());
    }
}

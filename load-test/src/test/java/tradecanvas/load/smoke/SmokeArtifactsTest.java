package tradecanvas.load.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmokeArtifactsTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @TempDir
    private Path root = Path.of("");

    private Path run = Path.of("");

    @BeforeEach
    void writeAll() throws IOException {
        SmokeParameters parameters =
                Smokes.parameters("ARTIFACT_ROOT", root.toString(), "RUN_ID", "run", "CLIENTS", "4");
        SmokeOutcome outcome = Smokes.outcome(2, 1, 1);
        run = parameters.directory();
        SmokeArtifacts.writeParameters(parameters);
        SmokeArtifacts.writeOutcome(parameters, outcome, SmokeGate.failures(parameters, outcome));
    }

    @Test
    void theFilesHaveTheContractsNames() throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "run_config.env",
                            "summary.json",
                            "clients.jsonl",
                            "metrics_snapshot.json",
                            "connect_latency_histogram.txt",
                            "delivery_latency_histogram.txt");
        }
    }

    @Test
    void theSummaryHasTheContractsKeysSorted() throws IOException {
        JsonNode summary = mapper.readTree(run.resolve("summary.json").toFile());

        List<String> keys = keys(summary);
        assertThat(keys).isSorted();
        assertThat(keys)
                .contains(
                        "backend_base",
                        "ws_url",
                        "series_id",
                        "trigger_candle_time",
                        "requested_clients",
                        "connected_clients",
                        "delivered_clients",
                        "delivery_ratio",
                        "min_delivery_ratio",
                        "connect_latency_ms",
                        "delivery_latency_ms",
                        "ingest",
                        "metrics_snapshot",
                        "duration_s",
                        "gate_ok");
        assertThat(summary.path("delivery_ratio").asDouble()).isEqualTo(0.666667);
        assertThat(summary.path("delivered_of_requested_ratio").asDouble()).isEqualTo(0.5);
        assertThat(keys(summary.path("delivery_latency_ms"))).containsExactly("max", "p50", "p95");
        assertThat(summary.path("delivery_latency_ms").path("p50").asDouble()).isEqualTo(10.5);
        assertThat(keys(summary.path("ingest"))).containsExactly("error", "response", "status");
        assertThat(summary.path("gate_ok").asBoolean()).isFalse();
    }

    @Test
    void eachClientIsOneLineWithTheContractsKeys() throws IOException {
        List<String> lines = Files.readAllLines(run.resolve("clients.jsonl"));

        assertThat(lines).hasSize(4);
        JsonNode refused = mapper.readTree(lines.getLast());
        assertThat(keys(refused))
                .startsWith(
                        "client_id", "connected", "connect_ms", "deliver_ms", "delivered", "messages_seen", "error");
        assertThat(refused.path("connect_ms").isNull()).isTrue();
        assertThat(refused.path("error").asText()).isEqualTo("connect failed");
    }

    @Test
    void aFailedMetricsSnapshotSaysWhy() throws IOException {
        JsonNode metrics = mapper.readTree(run.resolve("metrics_snapshot.json").toFile());

        assertThat(keys(metrics)).containsExactly("error", "ok", "status");
    }

    @Test
    void theHistogramHasTheContractsBoundsAndATail() throws IOException {
        assertThat(Files.readAllLines(run.resolve("delivery_latency_histogram.txt")))
                .hasSize(11)
                .contains("   <= 10 ms | 1      " + "#".repeat(60), "   <= 20 ms | 1      " + "#".repeat(60))
                .last()
                .asString()
                .startsWith("  > 5000 ms");
    }

    private static List<String> keys(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).toList();
    }
}

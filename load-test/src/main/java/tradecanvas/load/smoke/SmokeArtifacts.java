package tradecanvas.load.smoke;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tradecanvas.load.report.JsonReport;

/** The files of one run, under the contract's names. Stateless. */
final class SmokeArtifacts {
    private SmokeArtifacts() {}

    /** Writes the parameters, as soon as they are known. */
    static void writeParameters(SmokeParameters parameters) throws IOException {
        Files.createDirectories(parameters.directory());
        List<String> lines = new ArrayList<>();
        parameters.effective().forEach((name, value) -> lines.add(name + "=" + value));
        Files.write(parameters.directory().resolve("run_config.env"), lines);
    }

    /** Writes everything else. */
    static void writeOutcome(SmokeParameters parameters, SmokeOutcome outcome, List<String> gateFailures)
            throws IOException {
        Path directory = parameters.directory();
        JsonReport.write(directory.resolve("summary.json"), SmokeSummary.of(parameters, outcome, gateFailures));
        JsonReport.write(directory.resolve("metrics_snapshot.json"), metrics(outcome.metrics()));
        ObjectMapper lines = new ObjectMapper();
        List<String> clients = new ArrayList<>();
        for (ClientResult client : outcome.clients()) {
            clients.add(lines.writeValueAsString(client.json()));
        }
        Files.write(directory.resolve("clients.jsonl"), clients);
        Files.writeString(
                directory.resolve("connect_latency_histogram.txt"),
                SmokeSummary.histogram("connect latency", outcome.connectMs()));
        Files.writeString(
                directory.resolve("delivery_latency_histogram.txt"),
                SmokeSummary.histogram("delivery latency", outcome.deliveryMs()));
    }

    private static Map<String, @Nullable Object> metrics(SmokeOutcome.MetricsSnapshot metrics) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("ok", metrics.ok());
        json.put("status", metrics.status());
        if (metrics.ok()) {
            json.put("payload", metrics.payload());
        } else {
            json.put("error", metrics.error());
        }
        return json;
    }
}

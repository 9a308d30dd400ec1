package tradecanvas.load.smoke;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tradecanvas.load.report.Statistics;

/** The content of {@code summary.json} and of the latency histograms. Stateless. */
final class SmokeSummary {
    private static final int[] BOUNDS_MS = {10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000};
    private static final int BAR_CHARACTERS_MAX = 60;

    private SmokeSummary() {}

    /** The contract's keys and ours, sorted. */
    static Map<String, @Nullable Object> of(
            SmokeParameters parameters, SmokeOutcome outcome, List<String> gateFailures) {
        Map<String, @Nullable Object> summary = new TreeMap<>(contractKeys(parameters, outcome));
        summary.put("gate_ok", gateFailures.isEmpty());
        summary.put("gate_failures", gateFailures);
        summary.put("connect_ratio", ratio(outcome.connectRatio()));
        summary.put("min_connect_ratio", parameters.connectRatioMin());
        summary.put(
                "delivered_of_requested_ratio", ratio(SmokeOutcome.ratio(outcome.delivered(), parameters.clients())));
        summary.put(
                "max_p95_delivery_ms",
                parameters.p95DeliveryMsMax().isPresent()
                        ? parameters.p95DeliveryMsMax().getAsDouble()
                        : null);
        summary.put("candles", parameters.candles());
        summary.put("candles_posted", outcome.ingest().posted());
        int live = outcome.sum(ClientResult.Checks::live);
        summary.put(
                "deliveries",
                new TreeMap<>(Map.of(
                        "live",
                        live,
                        "catch_up",
                        outcome.deliveryMs().length - live,
                        "before_trigger",
                        outcome.sum(ClientResult.Checks::beforeTrigger))));
        summary.put("catch_up_candles", outcome.sum(ClientResult.Checks::catchUpCandles));
        summary.put("duplicates", outcome.sum(ClientResult.Checks::duplicates));
        summary.put("order_violations", outcome.sum(ClientResult.Checks::orderViolations));
        summary.put("trigger_check", triggerCheck(outcome.triggerCheck()));
        return summary;
    }

    /** Bars over upper bounds and a tail. */
    static String histogram(String title, double[] valuesMs) {
        int[] counts = new int[BOUNDS_MS.length + 1];
        for (double value : valuesMs) {
            int bucket = 0;
            while (bucket < BOUNDS_MS.length && value > BOUNDS_MS[bucket]) {
                bucket++;
            }
            counts[bucket]++;
        }
        int highest = Math.max(1, Arrays.stream(counts).max().orElse(1));
        StringBuilder text =
                new StringBuilder(title).append(", ").append(valuesMs.length).append(" values\n");
        for (int i = 0; i < counts.length; i++) {
            String bound = i < BOUNDS_MS.length ? "<= " + BOUNDS_MS[i] : "> " + BOUNDS_MS[BOUNDS_MS.length - 1];
            int bar = (int) Math.ceil((double) counts[i] * BAR_CHARACTERS_MAX / highest);
            text.append("%8s ms | %-6d %s%n"
                            .formatted(bound, counts[i], "#".repeat(bar))
                            .stripTrailing())
                    .append('\n');
        }
        return text.toString();
    }

    static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    private static Map<String, @Nullable Object> contractKeys(SmokeParameters parameters, SmokeOutcome outcome) {
        Map<String, @Nullable Object> keys = new HashMap<>();
        keys.put("backend_base", parameters.backendBase().toString());
        keys.put("ws_url", parameters.socketUrl().toString());
        keys.put("series_id", parameters.seriesId());
        keys.put("trigger_candle_time", parameters.triggerCandleTime());
        keys.put("requested_clients", parameters.clients());
        keys.put("connected_clients", outcome.connected());
        keys.put("delivered_clients", outcome.delivered());
        keys.put("delivery_ratio", ratio(outcome.deliveryRatio()));
        keys.put("min_delivery_ratio", parameters.deliveryRatioMin());
        keys.put("connect_latency_ms", latency(outcome.connectMs()));
        keys.put("delivery_latency_ms", latency(outcome.deliveryMs()));
        keys.put("ingest", ingest(outcome.ingest()));
        Map<String, @Nullable Object> metrics = new TreeMap<>();
        metrics.put("ok", outcome.metrics().ok());
        metrics.put("status", outcome.metrics().status());
        keys.put("metrics_snapshot", metrics);
        keys.put("duration_s", rounded(outcome.duration().toNanos() / 1e9));
        return keys;
    }

    private static Map<String, @Nullable Object> latency(double[] valuesMs) {
        Map<String, @Nullable Object> latency = new TreeMap<>();
        boolean any = valuesMs.length > 0;
        latency.put("p50", any ? rounded(Statistics.percentile(0.5, valuesMs)) : null);
        latency.put("p95", any ? rounded(Statistics.percentile(0.95, valuesMs)) : null);
        latency.put("max", any ? rounded(Statistics.percentile(1, valuesMs)) : null);
        return latency;
    }

    private static Map<String, @Nullable Object> ingest(SmokeOutcome.Ingest ingest) {
        Map<String, @Nullable Object> json = new TreeMap<>();
        json.put("status", ingest.status());
        json.put("response", ingest.response());
        json.put("error", ingest.error());
        return json;
    }

    private static Map<String, @Nullable Object> triggerCheck(SmokeOutcome.TriggerCheck check) {
        Map<String, @Nullable Object> json = new TreeMap<>();
        json.put("head", check.head().isPresent() ? check.head().getAsLong() : null);
        json.put("already_stored", check.alreadyStored());
        json.put("error", check.error());
        return json;
    }

    private static double ratio(double value) {
        return Math.round(value * 1_000_000) / 1_000_000.0;
    }
}

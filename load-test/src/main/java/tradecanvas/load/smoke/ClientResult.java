package tradecanvas.load.smoke;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one client.
 *
 * <p>Units: ms; {@code connectMs} is NaN when it never connected, {@code deliverMs} has an entry for each ingested candle
 * that arrived.
 */
record ClientResult(
        int clientId,
        boolean connected,
        double connectMs,
        boolean delivered,
        List<Double> deliverMs,
        int messagesSeen,
        Checks checks,
        @Nullable String error) {
    /**
     * What the contract's keys do not say.
     *
     * <p>{@code live} and {@code beforeTrigger} count ingested candles by their way, {@code catchUpCandles} closed candles
     * that the run did not ingest.
     */
    record Checks(int live, int beforeTrigger, int catchUpCandles, int duplicates, int orderViolations) {}

    ClientResult {
        deliverMs = List.copyOf(deliverMs);
    }

    /** Ingested candles that came out of the history of the subscribe. */
    int catchUpDeliveries() {
        return deliverMs.size() - checks.live();
    }

    /** One line of {@code clients.jsonl}: the contract's keys first, in its order. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("client_id", clientId);
        json.put("connected", connected);
        json.put("connect_ms", connected ? SmokeSummary.rounded(connectMs) : null);
        json.put("deliver_ms", delivered ? SmokeSummary.rounded(slowestMs()) : null);
        json.put("delivered", delivered);
        json.put("messages_seen", messagesSeen);
        json.put("error", error);
        json.put("deliveries_live", checks.live());
        json.put("deliveries_catch_up", catchUpDeliveries());
        json.put("catch_up_candles", checks.catchUpCandles());
        json.put("duplicates", checks.duplicates());
        json.put("order_violations", checks.orderViolations());
        return json;
    }

    private double slowestMs() {
        return deliverMs.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
}

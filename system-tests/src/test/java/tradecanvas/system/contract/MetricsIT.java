package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;

class MetricsIT {
    private final Api api = SharedServer.api();
    private final Posts posts = new Posts(api);
    private final String series = SharedServer.series();

    @Test
    void answerHasItsKeysInOrderAndSorted() {
        long before = System.currentTimeMillis();
        posts.closed(series, 100);
        Api.Answer answer = api.get("api/market/debug/metrics");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"enabled\":true,\"updated_at_ms\":");
        assertThat(names(answer.json())).containsExactly("enabled", "updated_at_ms", "counters", "gauges", "timers");
        assertThat(answer.json().get("updated_at_ms").longValue()).isBetween(before, System.currentTimeMillis());
        for (String kind : List.of("counters", "gauges", "timers")) {
            assertThat(names(answer.json().get(kind))).isNotEmpty().isSorted();
        }
        for (JsonNode timer : answer.json().get("timers")) {
            assertThat(names(timer)).containsExactly("count", "total_ms", "max_ms", "avg_ms");
            assertThat(timer).allMatch(JsonNode::isDouble);
        }
        assertThat(answer.json().get("counters")).allMatch(JsonNode::isDouble);
        assertThat(answer.json().get("gauges")).allMatch(JsonNode::isDouble);
    }

    @Test
    void postsAreCountedAndTimed() {
        JsonNode before = metrics();
        posts.closed(series, 100, 160);
        posts.silently(series, 280, 220);
        JsonNode after = metrics();

        assertThat(gain(before, after, "market_ingest_closed_requests_total{result=ok}"))
                .isEqualTo(2);
        assertThat(gain(before, after, "market_ingest_closed_batch_requests_total{result=ok}"))
                .isEqualTo(1);
        assertThat(after.at("/timers/market_ingest_closed_duration_ms{result=ok}/count")
                                .doubleValue()
                        - before.at("/timers/market_ingest_closed_duration_ms{result=ok}/count")
                                .doubleValue())
                .isEqualTo(2);
        assertThat(after.at("/timers").has("market_ingest_closed_batch_duration_ms{result=ok}"))
                .isTrue();
        assertThat(gauge(after, "market_ingest_last_candle_time{series_id=" + series + "}"))
                .isEqualTo(280);
    }

    @Test
    void readsAreCountedAndSeriesWithCandlesHaveGauges() {
        posts.silently(series, 100, 160, 220);
        String unknown = SharedServer.series();
        JsonNode before = metrics();
        api.get("api/market/candles?limit=2&series_id=" + series);
        api.get("api/market/candles?series_id=" + unknown);
        JsonNode after = metrics();

        assertThat(gain(before, after, "market_query_candles_requests_total{result=ok}"))
                .isEqualTo(2);
        assertThat(gauge(after, "market_query_candles_result_count{series_id=" + series + "}"))
                .isEqualTo(2);
        assertThat(gauge(after, "market_query_head_time{series_id=" + series + "}"))
                .isEqualTo(220);
        assertThat(gauge(after, "market_query_head_lag_seconds{series_id=" + series + "}"))
                .isGreaterThan(1_700_000_000);
        assertThat(names(after.get("gauges"))).noneMatch(name -> name.contains(unknown));
    }

    @Test
    void subscriptionsAreCounted() {
        posts.silently(series, 100, 160, 220);
        JsonNode before = metrics();
        try (MarketSocket socket = SharedServer.socket()) {
            socket.subscribe(series, 100L, false);
            assertThat(socket.untilNow()).hasSize(2);
            JsonNode subscribed = metrics();

            assertThat(gain(before, subscribed, "market_ws_subscribe_total{result=ok}"))
                    .isEqualTo(1);
            assertThat(gain(before, subscribed, "market_ws_catchup_candles_total"))
                    .isEqualTo(2);
            assertThat(gain(before, subscribed, "market_ws_payloads_total")).isEqualTo(2);
            assertThat(gauge(subscribed, "market_ws_last_catchup_count")).isEqualTo(2);
            assertThat(gauge(subscribed, "market_ws_last_payload_count")).isEqualTo(2);
            assertThat(gauge(subscribed, "market_ws_active_subscriptions")).isPositive();

            socket.unsubscribe(series).unsubscribe(series);
            assertThat(socket.untilNow()).isEmpty();
            JsonNode unsubscribed = metrics();

            assertThat(gain(before, unsubscribed, "market_ws_unsubscribe_total{result=ok}"))
                    .isEqualTo(1);
            assertThat(gain(before, unsubscribed, "market_ws_unsubscribe_total{result=noop}"))
                    .isEqualTo(1);
            socket.subscribe(series, 220L, false);
            assertThat(socket.untilNow()).isEmpty();
        }
        await().untilAsserted(() -> {
            JsonNode disconnected = metrics();
            assertThat(gain(before, disconnected, "market_ws_disconnect_cleanup_total"))
                    .isPositive();
            assertThat(gauge(disconnected, "market_ws_active_subscriptions")).isZero();
        });
    }

    private JsonNode metrics() {
        return api.get("api/market/debug/metrics").json();
    }

    private static double gain(JsonNode before, JsonNode after, String counter) {
        return after.get("counters").path(counter).doubleValue()
                - before.get("counters").path(counter).doubleValue();
    }

    private static double gauge(JsonNode metrics, String name) {
        assertThat(metrics.get("gauges").has(name)).as(name).isTrue();
        return metrics.get("gauges").get(name).doubleValue();
    }

    private static List<String> names(JsonNode object) {
        Iterable<String> names = object::fieldNames;
        return StreamSupport.stream(names.spliterator(), false).toList();
    }
}

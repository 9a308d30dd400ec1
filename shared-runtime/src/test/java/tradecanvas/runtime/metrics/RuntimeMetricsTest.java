package tradecanvas.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RuntimeMetricsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_123L));

    @Test
    void nothingIsCollectedBehindAClosedGate() {
        RuntimeMetrics metrics = new RuntimeMetrics(false, true, CLOCK);
        metrics.count("a");
        metrics.capacity().gauge("b", 1);
        metrics.time("c", 1);
        assertThat(json(metrics))
                .isEqualTo("{\"enabled\":false,\"updated_at_ms\":0,\"counters\":{},\"gauges\":{},\"timers\":{}}");
    }

    @Test
    void everythingIsShownByKeyAndLabelsByName() {
        RuntimeMetrics metrics = new RuntimeMetrics(true, false, CLOCK);
        metrics.count("requests_total", "step", "store", "result", "error");
        metrics.count("requests_total", "result", "ok");
        metrics.add("requests_total", 2, "result", "ok");
        metrics.gauge("head", 1_700_000_000, "series_id", "a:b:c:1m");
        metrics.gauge("head", Double.NaN, "series_id", "a:b:c:1m");
        metrics.time("duration_ms", 1.5);
        metrics.time("duration_ms", 0.5);
        assertThat(json(metrics))
                .isEqualTo("{\"enabled\":true,\"updated_at_ms\":1700000000123,"
                        + "\"counters\":{\"requests_total{result=error,step=store}\":1.0,"
                        + "\"requests_total{result=ok}\":3.0},"
                        + "\"gauges\":{\"head{series_id=a:b:c:1m}\":1700000000.0},"
                        + "\"timers\":{\"duration_ms\":"
                        + "{\"count\":2.0,\"total_ms\":2.0,\"max_ms\":1.5,\"avg_ms\":1.0}}}");
    }

    @Test
    void capacityMetricsNeedBothGates() {
        RuntimeMetrics metrics = new RuntimeMetrics(true, false, CLOCK);
        metrics.capacity().count("bus_published_total");
        assertThat(metrics.capacity().enabled()).isFalse();
        assertThat(json(metrics)).contains("\"counters\":{}");

        RuntimeMetrics both = new RuntimeMetrics(true, true, CLOCK);
        both.capacity().count("bus_published_total");
        assertThat(json(both)).contains("\"bus_published_total\":1.0");
    }

    @Test
    void keysAreBoundedAndWhatIsLostIsCounted() {
        RuntimeMetrics metrics = new RuntimeMetrics(true, false, CLOCK);
        for (int i = 0; i < RuntimeMetrics.KEYS_MAX + 3; i++) {
            metrics.gauge("g", i, "series_id", "s" + i);
        }
        metrics.gauge("g", 42, "series_id", "s0");
        assertThat(json(metrics))
                .contains("\"" + RuntimeMetrics.LOST_KEY + "\":3.0")
                .contains("\"g{series_id=s0}\":42.0")
                .doesNotContain("s" + RuntimeMetrics.KEYS_MAX + "}");
    }

    @Test
    void updatesOfManyThreadsAllCount() {
        RuntimeMetrics metrics = new RuntimeMetrics(true, false, CLOCK);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                threads.execute(() -> {
                    for (int j = 0; j < 1000; j++) {
                        metrics.count("c");
                        metrics.time("t", 1);
                    }
                });
            }
        }
        assertThat(json(metrics)).contains("\"c\":100000.0").contains("\"count\":100000.0");
    }

    @Test
    void labelsWithoutAValueAreAMistake() {
        RuntimeMetrics metrics = new RuntimeMetrics(true, false, CLOCK);
        assertThatThrownBy(() -> metrics.count("c", "result")).hasMessageContaining("not pairs");
    }

    private static String json(RuntimeMetrics metrics) {
        return new String(metrics.toJson(), StandardCharsets.UTF_8);
    }
}

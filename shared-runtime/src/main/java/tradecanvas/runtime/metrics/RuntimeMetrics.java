package tradecanvas.runtime.metrics;

import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.wire.JsonBuffer;

/**
 * The metrics of one process as the debug API shows them.
 *
 * <p>Labels are pairs of name and value. With the gate closed nothing is collected. At {@value #KEYS_MAX} keys no new key
 * is created; what was lost that way is counted under {@value #LOST_KEY}. Threads: any.
 */
public final class RuntimeMetrics {
    /** Distinct names with labels that are kept; the contract's metrics have a few dozen and one a series. */
    public static final int KEYS_MAX = 4096;

    /** Counts the updates whose key would have been one too many. */
    public static final String LOST_KEY = "runtime_metrics_lost_total";

    private final InstantSource clock;
    private final boolean enabled;
    private final @Nullable RuntimeMetrics capacity;
    private final Map<String, DoubleAdder> counters;
    private final Map<String, AtomicLong> gauges;
    private final Map<String, TimerCell> timers;
    private final AtomicInteger keys;
    private final AtomicLong updatedAtMs;

    /** Metrics that collect only if enabled; those of {@link #capacity} only if both are. */
    public RuntimeMetrics(boolean enabled, boolean capacityEnabled, InstantSource clock) {
        this.clock = clock;
        this.enabled = enabled;
        counters = new ConcurrentHashMap<>();
        gauges = new ConcurrentHashMap<>();
        timers = new ConcurrentHashMap<>();
        keys = new AtomicInteger();
        updatedAtMs = new AtomicLong();
        capacity = new RuntimeMetrics(this, enabled && capacityEnabled);
    }

    private RuntimeMetrics(RuntimeMetrics shared, boolean enabled) {
        clock = shared.clock;
        this.enabled = enabled;
        counters = shared.counters;
        gauges = shared.gauges;
        timers = shared.timers;
        keys = shared.keys;
        updatedAtMs = shared.updatedAtMs;
        capacity = null;
    }

    /** Whether anything is collected; ask before work that only a metric needs. */
    public boolean enabled() {
        return enabled;
    }

    /** The same metrics behind the additional gate of the capacity metrics. */
    public RuntimeMetrics capacity() {
        return capacity == null ? this : capacity;
    }

    /** Adds one to a counter. */
    public void count(String name, String... labels) {
        add(name, 1, labels);
    }

    /** Adds to a counter. */
    public void add(String name, double amount, String... labels) {
        if (enabled) {
            DoubleAdder counter = cell(counters, MetricKey.of(name, labels), DoubleAdder::new);
            if (counter != null) {
                counter.add(amount);
            }
            touch();
        }
    }

    /** Sets a gauge; a value that is not finite is dropped. */
    public void gauge(String name, double value, String... labels) {
        if (enabled && Double.isFinite(value)) {
            AtomicLong gauge = cell(gauges, MetricKey.of(name, labels), AtomicLong::new);
            if (gauge != null) {
                gauge.set(Double.doubleToRawLongBits(value));
            }
            touch();
        }
    }

    /** Records a duration. Units: milliseconds. */
    public void time(String name, double milliseconds, String... labels) {
        if (enabled) {
            TimerCell timer = cell(timers, MetricKey.of(name, labels), TimerCell::new);
            if (timer != null) {
                timer.record(milliseconds);
            }
            touch();
        }
    }

    /** Records the time since {@link System#nanoTime} gave a value. */
    public void timeSince(String name, long startedNanos, String... labels) {
        if (enabled) {
            time(name, (System.nanoTime() - startedNanos) / 1e6, labels);
        }
    }

    /** The body of the debug endpoint. */
    public byte[] toJson() {
        JsonBuffer json = new JsonBuffer(1024);
        json.ascii("{\"enabled\":").ascii(Boolean.toString(enabled));
        json.ascii(",\"updated_at_ms\":").number(updatedAtMs.get());
        json.ascii(",\"counters\":");
        object(json, counters, counter -> json.number(counter.sum()));
        json.ascii(",\"gauges\":");
        object(json, gauges, gauge -> json.number(Double.longBitsToDouble(gauge.get())));
        json.ascii(",\"timers\":");
        object(json, timers, timer -> timer.write(json));
        return json.ascii("}").toByteArray();
    }

    private static <T> void object(JsonBuffer json, Map<String, T> cells, Consumer<T> value) {
        String separator = "{";
        for (var entry : new TreeMap<>(cells).entrySet()) {
            json.ascii(separator).string(entry.getKey()).ascii(":");
            value.accept(entry.getValue());
            separator = ",";
        }
        json.ascii(cells.isEmpty() ? "{}" : "}");
    }

    private void touch() {
        updatedAtMs.setOpaque(clock.millis());
    }

    private <T> @Nullable T cell(Map<String, T> cells, String key, Supplier<T> create) {
        T cell = cells.get(key);
        if (cell != null) {
            return cell;
        }
        if (keys.incrementAndGet() > KEYS_MAX) {
            keys.decrementAndGet();
            counters.computeIfAbsent(LOST_KEY, ignored -> new DoubleAdder()).add(1);
            return null;
        }
        T created = create.get();
        T raced = cells.putIfAbsent(key, created);
        if (raced != null) {
            keys.decrementAndGet();
            return raced;
        }
        return created;
    }
}

package tradecanvas.gateway.socket;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import tradecanvas.gateway.fanout.FanOutMetrics;
import tradecanvas.runtime.metrics.RuntimeMetrics;

/** What the sockets count: the contract's runtime metrics, and figures of their own. Threads: any. */
public final class SocketMetrics {
    private final RuntimeMetrics runtime;
    private final FanOutMetrics fanOut;
    private final AtomicInteger sockets = new AtomicInteger();
    private final AtomicInteger activeSubscriptions = new AtomicInteger();
    private final LongAdder throttled = new LongAdder();
    private final LongAdder refusedHandshakes = new LongAdder();
    private final Map<CloseReason, LongAdder> closes = new EnumMap<>(CloseReason.class);

    public SocketMetrics(RuntimeMetrics runtime, FanOutMetrics fanOut) {
        this.runtime = runtime;
        this.fanOut = fanOut;
        for (CloseReason reason : CloseReason.values()) {
            closes.put(reason, new LongAdder());
        }
    }

    FanOutMetrics fanOut() {
        return fanOut;
    }

    /** Open sockets. */
    public int sockets() {
        return sockets.get();
    }

    /** Subscriptions over all sockets. */
    public int subscriptions() {
        return activeSubscriptions.get();
    }

    /** Times a socket had used up its message budget. */
    public long throttled() {
        return throttled.sum();
    }

    /** Handshakes refused because the address held too many sockets. */
    public long refusedHandshakes() {
        return refusedHandshakes.sum();
    }

    /** Closes by the gateway, by the text that the client sees. */
    public Map<String, LongAdder> closes() {
        Map<String, LongAdder> byText = new TreeMap<>();
        closes.forEach((reason, count) -> byText.put(reason.text(), count));
        return byText;
    }

    void opened() {
        sockets.incrementAndGet();
    }

    void gone() {
        sockets.decrementAndGet();
    }

    void subscribed(boolean isNew, long nanos) {
        if (isNew) {
            runtime.gauge("market_ws_active_subscriptions", activeSubscriptions.incrementAndGet());
        }
        runtime.count("market_ws_subscribe_total", "result", "ok");
        runtime.time("market_ws_subscribe_duration_ms", millis(nanos), "result", "ok");
    }

    void subscribeRefused(long nanos) {
        runtime.count("market_ws_subscribe_total", "result", "capacity");
        runtime.time("market_ws_subscribe_duration_ms", millis(nanos), "result", "capacity");
    }

    void unsubscribed(boolean known, long nanos) {
        String result = known ? "ok" : "noop";
        if (known) {
            runtime.gauge("market_ws_active_subscriptions", activeSubscriptions.decrementAndGet());
        }
        runtime.count("market_ws_unsubscribe_total", "result", result);
        runtime.time("market_ws_unsubscribe_duration_ms", millis(nanos), "result", result);
    }

    void caughtUp(int candles, int messages) {
        runtime.gauge("market_ws_last_catchup_count", candles);
        runtime.gauge("market_ws_last_payload_count", messages);
        runtime.add("market_ws_catchup_candles_total", candles);
        runtime.add("market_ws_payloads_total", messages);
    }

    void disconnected(int series) {
        runtime.gauge("market_ws_active_subscriptions", activeSubscriptions.addAndGet(-series));
        runtime.count("market_ws_disconnect_cleanup_total");
        runtime.gauge("market_ws_disconnect_cleanup_series_count", series);
    }

    void countThrottled() {
        throttled.increment();
    }

    void handshakeRefused() {
        refusedHandshakes.increment();
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    void closed(CloseReason reason) {
        LongAdder count = closes.get(reason);
        if (count != null) {
            count.increment();
        }
    }
}

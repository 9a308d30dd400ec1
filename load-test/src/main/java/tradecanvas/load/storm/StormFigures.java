package tradecanvas.load.storm;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One storm.
 *
 * <p>Units: ms from the moment at which all clients began to connect until a client had the newest candle of that moment;
 * {@code reads} and {@code asked} are the gateway's store reads and the subscriptions that wanted one, NaN for others.
 */
record StormFigures(
        @JsonProperty("p50_ms") double p50Ms,
        @JsonProperty("p99_ms") double p99Ms,
        @JsonProperty("last_ms") double lastMs,
        @JsonProperty("cpu_us_per_client") double cpuMicrosPerClient,
        @JsonProperty("reads") double reads,
        @JsonProperty("asked") double asked,
        @JsonProperty("handshakes_refused") long handshakesRefused,
        @JsonProperty("complete") long complete,
        @JsonProperty("incomplete") long incomplete,
        @JsonProperty("violations") long violations,
        @JsonProperty("live_candles") long liveCandles,
        @JsonProperty("client_cpu_share") double clientCpuShare,
        @JsonProperty("first_trouble") @Nullable String firstTrouble) {}

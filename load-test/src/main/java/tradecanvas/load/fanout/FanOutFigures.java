package tradecanvas.load.fanout;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One server, one load, one round.
 *
 * <p>Units: kB are 1,000 bytes; {@code clientCpuShare} is 1 when the client and what passes candles on kept their core busy
 * all the time; {@code inTimeShare} is the part of the expected deliveries that took at most half a second.
 */
record FanOutFigures(
        @JsonProperty("p50_ms") double p50Ms,
        @JsonProperty("p99_ms") double p99Ms,
        @JsonProperty("max_ms") double maxMs,
        @JsonProperty("in_time_share") double inTimeShare,
        @JsonProperty("cpu_us_per_message") double cpuMicrosPerMessage,
        @JsonProperty("deliveries_per_s") double deliveriesPerSecond,
        @JsonProperty("delivered") long delivered,
        @JsonProperty("expected") long expected,
        @JsonProperty("order_violations") long orderViolations,
        @JsonProperty("duplicates") long duplicates,
        @JsonProperty("sockets_lost") long socketsLost,
        @JsonProperty("rss_kb_per_connection") double rssKbPerConnection,
        @JsonProperty("client_cpu_share") double clientCpuShare,
        @JsonProperty("client_late_ms_max") double clientLateMsMax,
        @JsonProperty("posts_refused") long postsRefused,
        @JsonProperty("posts_unanswered") long postsUnanswered) {
    /** From this share on latencies say more about the client than about the server. */
    static final double CLIENT_SATURATED_SHARE = 0.9;

    /** The part of the expected deliveries that arrived. */
    double deliveredShare() {
        return expected == 0 ? Double.NaN : (double) delivered / expected;
    }
}

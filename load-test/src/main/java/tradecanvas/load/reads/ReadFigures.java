package tradecanvas.load.reads;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One who answers, one case, one round.
 *
 * @param cpuMicros user and system time of the answering process a request
 * @param databaseCpuMicros the same of PostgreSQL's backends; NaN where none is asked or can be seen
 * @param clientCpuShare 1 when the client's core was busy all the time; NaN where the client is what is measured
 * @param failed requests without the answer asked for
 */
record ReadFigures(
        @JsonProperty("requests") long requests,
        @JsonProperty("requests_per_s") double requestsPerSecond,
        @JsonProperty("p50_ms") double p50Ms,
        @JsonProperty("p99_ms") double p99Ms,
        @JsonProperty("cpu_us_per_request") double cpuMicros,
        @JsonProperty("database_cpu_us_per_request") double databaseCpuMicros,
        @JsonProperty("client_cpu_share") double clientCpuShare,
        @JsonProperty("failed") long failed) {
    /** From this share on figures say as much about the client as about the server. */
    static final double CLIENT_SATURATED_SHARE = 0.9;

    String line() {
        return String.format(
                "%,.0f requests/s, p50 %.2f ms, p99 %.2f ms, CPU %.0f us, of the database %.0f us",
                requestsPerSecond, p50Ms, p99Ms, cpuMicros, databaseCpuMicros);
    }
}

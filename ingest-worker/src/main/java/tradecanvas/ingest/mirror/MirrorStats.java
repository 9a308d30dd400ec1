package tradecanvas.ingest.mirror;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What the mirror has done, as meters. Threads: any. */
final class MirrorStats {
    private static final double[] PERCENTILES = {0.5, 0.99};

    private final Timer written;
    private final Timer failed;
    private final Timer refused;
    private final Timer lag;
    private final Counter rows;
    private final Counter quarantined;
    private final Counter claims;
    private final Counter failedClaims;

    MirrorStats(MeterRegistry meters) {
        written = writes("ok", meters);
        failed = writes("failed", meters);
        refused = writes("refused", meters);
        lag = Timer.builder("tradecanvas.mirror.lag")
                .description("from the commit of a candle to its commit in the mirror; of a write, its oldest candle")
                .publishPercentiles(PERCENTILES)
                .register(meters);
        rows = Counter.builder("tradecanvas.mirror.rows")
                .description("rows that the mirror has committed")
                .register(meters);
        quarantined = Counter.builder("tradecanvas.mirror.quarantined")
                .description("changes that the mirror refused for their content")
                .register(meters);
        claims = claims("ok", meters);
        failedClaims = claims("failed", meters);
    }

    private static Timer writes(String outcome, MeterRegistry meters) {
        return Timer.builder("tradecanvas.mirror.writes")
                .description("writes to the mirror, from sending to its commit")
                .tag("outcome", outcome)
                .publishPercentiles(PERCENTILES)
                .register(meters);
    }

    private static Counter claims(String outcome, MeterRegistry meters) {
        return Counter.builder("tradecanvas.mirror.claims")
                .description("attempts to connect to the mirror and to become its writer")
                .tag("outcome", outcome)
                .register(meters);
    }

    void claimed() {
        claims.increment();
    }

    void claimFailed() {
        failedClaims.increment();
    }

    void written(long nanos, int rowCount) {
        written.record(Duration.ofNanos(nanos));
        rows.increment(rowCount);
    }

    void failed(long nanos) {
        failed.record(Duration.ofNanos(nanos));
    }

    void refused(long nanos) {
        refused.record(Duration.ofNanos(nanos));
    }

    void lag(long millis) {
        lag.record(Duration.ofMillis(Math.max(0, millis)));
    }

    void quarantined(int changes) {
        quarantined.increment(changes);
    }

    Timer writes() {
        return written;
    }

    Timer lags() {
        return lag;
    }

    /** Writes and claims that failed. */
    long failures() {
        return failed.count() + (long) failedClaims.count();
    }

    long refusals() {
        return refused.count();
    }

    long rows() {
        return (long) rows.count();
    }

    long claims() {
        return (long) claims.count();
    }
}

package tradecanvas.store.remote;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.outbox.Freshness;
import tradecanvas.store.outbox.MirrorFreshness;
import tradecanvas.store.route.Delays;

/**
 * What a process other than the worker knows of the mirror: the worker's newest answer, believed for as long as its lease,
 * counted from when it was asked.
 *
 * <p>Why that is enough stands in docs/internals/read-your-publish.md. Without an answer that can be believed every series
 * is behind, as the truth can be asked; only when the worker cannot be reached, those that its last answer did not name
 * are unknown. One question is under way at a time. Threads: any.
 */
public final class LeasedFreshness implements MirrorFreshness, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeasedFreshness.class);

    /** Longer leases are cut; the worker's are a fraction of a second. */
    private static final long LEASE_MS_MAX = 10_000;

    private static final int ASKED_PER_LEASE = 3;

    /** Where the answers come from; each stage completes, with an answer or a failure. */
    @FunctionalInterface
    public interface LagSource {
        CompletionStage<MirrorLag> ask();
    }

    /**
     * When the worker is asked.
     *
     * @param periodMin between two questions at least, and after one that was not answered though the last one was: a worker
     *     that has gone breaks the connection first, and only the next question shows that it cannot be reached
     * @param retry after further questions that were not answered, or an answer that has no lease
     * @param silenceMax how long a worker that takes connections may say nothing before it counts as not to be reached
     */
    public record Pace(Duration periodMin, Duration retry, Duration silenceMax) {
        public static final Pace STANDARD =
                new Pace(Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(3));
    }

    /** All that is known, at one moment. */
    private record Known(
            @Nullable MirrorLag lag, long askedAtNanos, boolean answered, boolean refused, long heardAtNanos) {
        boolean mayBeBehind(SeriesId series) {
            return lag != null
                    && (lag.state() == MirrorLag.State.DOWN || lag.behind().contains(series.text()));
        }
    }

    private final LagSource source;
    private final Pace pace;
    private final Delays delays;
    private final LongSupplier nanoTime;
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /** Written by the end of the one question under way. */
    private volatile Known known;

    private volatile boolean ended;

    /** @param nanoTime a clock that only moves forward */
    public LeasedFreshness(LagSource source, Pace pace, Delays delays, LongSupplier nanoTime) {
        this.source = source;
        this.pace = pace;
        this.delays = delays;
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        known = new Known(null, now, false, false, now);
    }

    /** Asks for the first time; call it once. */
    public LeasedFreshness start() {
        ask();
        return this;
    }

    @Override
    public Freshness of(SeriesId series) {
        Known now = known;
        if (isBelieved(now)) {
            return now.mayBeBehind(series) ? Freshness.BEHIND : Freshness.CURRENT;
        }
        return isReachable(now) || now.mayBeBehind(series) ? Freshness.BEHIND : Freshness.UNKNOWN;
    }

    /** Whether there is an answer that can be believed. */
    public boolean isBelieved() {
        return isBelieved(known);
    }

    /** Questions that were answered. */
    public long answered() {
        return answered.sum();
    }

    /** Questions that were not answered, or by a worker that has been replaced since. */
    public long failed() {
        return failed.sum();
    }

    /** Asks no more; what was said is believed until its lease ends. */
    @Override
    public void close() {
        ended = true;
    }

    private boolean isBelieved(Known now) {
        MirrorLag lag = now.lag();
        return lag != null && nanoTime.getAsLong() - now.askedAtNanos() < leaseNanos(lag);
    }

    private boolean isReachable(Known now) {
        return !now.refused()
                && nanoTime.getAsLong() - now.heardAtNanos()
                        <= pace.silenceMax().toNanos();
    }

    private static long leaseNanos(MirrorLag lag) {
        return Duration.ofMillis(Math.min(lag.leaseMs(), LEASE_MS_MAX)).toNanos();
    }

    private void ask() {
        if (ended) {
            return;
        }
        long askedAtNanos = nanoTime.getAsLong();
        var _ = source.ask().whenComplete((lag, failure) -> {
            Duration pause = failure == null ? heard(lag, askedAtNanos) : notHeard(failure);
            delays.after(pause, this::ask);
        });
    }

    private Duration heard(MirrorLag lag, long askedAtNanos) {
        long now = nanoTime.getAsLong();
        MirrorLag last = known.lag();
        if (last != null && lag.state() != MirrorLag.State.OFF && lag.epoch() < last.epoch()) {
            failed.increment();
            LOG.warn("worker of an older epoch not believed epoch={} newest={}", lag.epoch(), last.epoch());
            known = new Known(last, known.askedAtNanos(), false, false, now);
            return pace.retry();
        }
        answered.increment();
        if (last == null || last.state() != lag.state() || known.refused()) {
            LOG.info("mirror state={} epoch={} leaseMs={}", lag.state(), lag.epoch(), lag.leaseMs());
        }
        known = new Known(lag, askedAtNanos, true, false, now);
        return lag.leaseMs() == 0 ? pace.retry() : untilNext(lag, now - askedAtNanos);
    }

    private Duration untilNext(MirrorLag lag, long tookNanos) {
        Duration rest = Duration.ofNanos(leaseNanos(lag) / ASKED_PER_LEASE - tookNanos);
        return rest.compareTo(pace.periodMin()) > 0 ? rest : pace.periodMin();
    }

    private Duration notHeard(Throwable failure) {
        failed.increment();
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean silent = cause instanceof StoreUnavailableException;
        boolean refused = silent && cause.getCause() instanceof UnreachableException;
        Known before = known;
        if (refused && !before.refused()) {
            LOG.warn("worker cannot be asked for its mirror cause={}", String.valueOf(cause.getMessage()));
        }
        known = new Known(
                before.lag(),
                before.askedAtNanos(),
                false,
                refused || (silent && before.refused()),
                silent ? before.heardAtNanos() : nanoTime.getAsLong());
        return before.answered() ? pace.periodMin() : pace.retry();
    }
}

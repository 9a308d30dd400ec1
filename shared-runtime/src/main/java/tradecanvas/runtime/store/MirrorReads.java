package tradecanvas.runtime.store;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.outbox.MirrorFreshness;
import tradecanvas.store.postgres.PostgresStore;
import tradecanvas.store.route.Delays;
import tradecanvas.store.route.MirrorBreaker;
import tradecanvas.store.route.RouteCounters;
import tradecanvas.store.route.RoutedCandleReader;

/** Reads from PostgreSQL with the truth behind it, and the meters that tell which of them answered. Owner: the wiring. */
public final class MirrorReads implements AutoCloseable {
    /** So that the mirror's own timeout, which says what was slow, comes first. */
    private static final Duration ROUTER_AFTER_MIRROR = Duration.ofMillis(500);

    /** Runs what is due later; nothing on it blocks. */
    public static final class Timer implements AutoCloseable {
        private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("read-route").factory());

        public Delays delays() {
            return Delays.on(thread);
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }

    private final MirrorBreaker breaker;
    private final RoutedCandleReader reader;

    /** @param readTimeout the mirror's own */
    public MirrorReads(
            PostgresStore mirror, Duration readTimeout, CandleReader truth, MirrorFreshness freshness, Timer timer) {
        breaker = new MirrorBreaker(
                mirror::probe,
                MirrorBreaker.Pace.STANDARD,
                timer.delays(),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
        RoutedCandleReader.Waits waits = new RoutedCandleReader.Waits(
                readTimeout.plus(ROUTER_AFTER_MIRROR), RoutedCandleReader.Waits.STANDARD.truthFirstMax());
        reader = new RoutedCandleReader(mirror.reader(), truth, freshness, breaker, timer.delays(), waits);
    }

    public CandleReader reader() {
        return reader;
    }

    public void bind(MeterRegistry meters) {
        for (RouteCounters.Route route : RouteCounters.Route.values()) {
            FunctionCounter.builder("tradecanvas.reads.routed", reader.counters(), counters -> counters.get(route))
                    .tag("source", route.source())
                    .tag("reason", route.reason())
                    .register(meters);
        }
        Gauge.builder("tradecanvas.mirror.held.off", breaker, open -> open.isOpen() ? 1 : 0)
                .description("1 while reads go to the truth because the mirror failed")
                .register(meters);
        FunctionCounter.builder("tradecanvas.reads.mirror.failures", breaker, MirrorBreaker::openings)
                .register(meters);
        FunctionCounter.builder("tradecanvas.reads.mirror.probes", breaker, MirrorBreaker::probes)
                .register(meters);
    }

    @Override
    public void close() {
        breaker.close();
    }
}

package tradecanvas.runtime.store;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tradecanvas.runtime.config.PostgresConfig;
import tradecanvas.runtime.config.SwitchesConfig;
import tradecanvas.runtime.config.WorkerConfig;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.postgres.PostgresSettings;
import tradecanvas.store.postgres.PostgresStore;
import tradecanvas.store.remote.LeasedFreshness;
import tradecanvas.store.remote.RemoteBounds;
import tradecanvas.store.remote.RemoteCandleReader;
import tradecanvas.store.remote.WorkerMirrorLag;

/**
 * The stores of a process that only reads: the worker's truth, and PostgreSQL before it where the switches say so. It never
 * prepares the schema, and opens while neither of them can be reached.
 *
 * <p>Owner: the wiring.
 */
public final class ReadStores implements AutoCloseable {
    private final CandleReader reader;
    private final @Nullable MirrorReads mirror;
    private final @Nullable LeasedFreshness freshness;

    /** How what was opened is closed, the last one first. */
    private final Deque<Runnable> closing = new ArrayDeque<>();

    /** @param switches verified by {@link tradecanvas.runtime.config.SwitchesCheck} */
    public ReadStores(SwitchesConfig switches, WorkerConfig worker, PostgresConfig postgres, Vertx vertx) {
        URI address = URI.create(worker.workerUrl());
        RemoteCandleReader truth =
                open(new RemoteCandleReader(vertx, address, bounds(worker)), RemoteCandleReader::close);
        if (!switches.enablePgRead()) {
            reader = truth;
            mirror = null;
            freshness = null;
            return;
        }
        PostgresSettings settings = PostgresSetup.of(postgres);
        MirrorReads.Timer timer = open(new MirrorReads.Timer(), MirrorReads.Timer::close);
        PostgresStore store = open(PostgresStore.open(settings, vertx), PostgresStore::close);
        WorkerMirrorLag lag = open(new WorkerMirrorLag(vertx, address), WorkerMirrorLag::close);
        LeasedFreshness leased = open(
                new LeasedFreshness(lag, LeasedFreshness.Pace.STANDARD, timer.delays(), System::nanoTime),
                LeasedFreshness::close);
        MirrorReads routed =
                open(new MirrorReads(store, settings.readTimeout(), truth, leased, timer), MirrorReads::close);
        leased.start();
        reader = routed.reader();
        mirror = routed;
        freshness = leased;
    }

    public CandleReader reader() {
        return reader;
    }

    /** Whether PostgreSQL is read. */
    public boolean readsMirror() {
        return mirror != null;
    }

    /** Meters of the way that reads take; none where there is only one. */
    public void bind(MeterRegistry meters) {
        if (mirror == null || freshness == null) {
            return;
        }
        mirror.bind(meters);
        Gauge.builder("tradecanvas.mirror.freshness.believed", freshness, f -> f.isBelieved() ? 1 : 0)
                .register(meters);
        FunctionCounter.builder("tradecanvas.mirror.freshness.asked", freshness, LeasedFreshness::answered)
                .tag("outcome", "answered")
                .register(meters);
        FunctionCounter.builder("tradecanvas.mirror.freshness.asked", freshness, LeasedFreshness::failed)
                .tag("outcome", "failed")
                .register(meters);
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
        closing.clear();
    }

    private <T> T open(T opened, Consumer<T> close) {
        closing.addFirst(() -> close.accept(opened));
        return opened;
    }

    private static RemoteBounds bounds(WorkerConfig worker) {
        return new RemoteBounds(
                worker.workerConnectionsMax(),
                worker.workerReadsWaitingMax(),
                RemoteBounds.STANDARD.answerBytesMax(),
                Duration.ofMillis(worker.workerTimeoutMs()));
    }
}

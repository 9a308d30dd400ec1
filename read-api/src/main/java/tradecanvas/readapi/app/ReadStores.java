package tradecanvas.readapi.app;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tradecanvas.runtime.config.PostgresConfig;
import tradecanvas.runtime.config.SwitchesConfig;
import tradecanvas.runtime.config.WorkerConfig;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.postgres.PostgresDsn;
import tradecanvas.store.postgres.PostgresSettings;
import tradecanvas.store.postgres.PostgresStore;
import tradecanvas.store.remote.LeasedFreshness;
import tradecanvas.store.remote.RemoteBounds;
import tradecanvas.store.remote.RemoteCandleReader;
import tradecanvas.store.remote.WorkerMirrorLag;
import tradecanvas.store.route.Delays;
import tradecanvas.store.route.MirrorBreaker;
import tradecanvas.store.route.RoutedCandleReader;

/**
 * The stores of a process that only reads: the worker's truth, and PostgreSQL before it where the switches say so. It never
 * prepares the schema, and opens while neither of them can be reached.
 *
 * <p>Owner: the wiring.
 */
final class ReadStores implements AutoCloseable {
    /** So that the mirror's own timeout, which says what was slow, comes first. */
    private static final Duration ROUTER_AFTER_MIRROR = Duration.ofMillis(500);

    /** The mirror and what decides whether it answers. */
    record Mirror(RoutedCandleReader reader, LeasedFreshness freshness, MirrorBreaker breaker) {}

    private final CandleReader reader;
    private final @Nullable Mirror mirror;

    /** How what was opened is closed, the last one first. */
    private final Deque<Runnable> closing = new ArrayDeque<>();

    ReadStores(SwitchesConfig switches, WorkerConfig worker, PostgresConfig postgres, Vertx vertx) {
        URI address = URI.create(worker.workerUrl());
        RemoteCandleReader truth =
                open(new RemoteCandleReader(vertx, address, bounds(worker)), RemoteCandleReader::close);
        mirror = switches.enablePgRead() ? mirror(truth, address, settings(postgres), vertx) : null;
        reader = mirror == null ? truth : mirror.reader();
    }

    CandleReader reader() {
        return reader;
    }

    /** Null where the switches leave PostgreSQL out. */
    @Nullable
    Mirror mirror() {
        return mirror;
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
        closing.clear();
    }

    private Mirror mirror(RemoteCandleReader truth, URI worker, PostgresSettings settings, Vertx vertx) {
        ScheduledThreadPoolExecutor timer = open(
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("read-route").factory()),
                ScheduledThreadPoolExecutor::shutdownNow);
        Delays delays = Delays.on(timer);
        PostgresStore store = open(PostgresStore.open(settings, vertx), PostgresStore::close);
        WorkerMirrorLag lag = open(new WorkerMirrorLag(vertx, worker), WorkerMirrorLag::close);
        LeasedFreshness freshness = open(
                new LeasedFreshness(lag, LeasedFreshness.Pace.STANDARD, delays, System::nanoTime),
                LeasedFreshness::close);
        MirrorBreaker breaker = open(
                new MirrorBreaker(
                        store::probe,
                        MirrorBreaker.Pace.STANDARD,
                        delays,
                        System::nanoTime,
                        () -> ThreadLocalRandom.current().nextDouble()),
                MirrorBreaker::close);
        RoutedCandleReader.Waits waits = new RoutedCandleReader.Waits(
                settings.readTimeout().plus(ROUTER_AFTER_MIRROR), RoutedCandleReader.Waits.STANDARD.truthFirstMax());
        RoutedCandleReader routed = new RoutedCandleReader(store.reader(), truth, freshness, breaker, delays, waits);
        return new Mirror(routed, freshness.start(), breaker);
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

    private static PostgresSettings settings(PostgresConfig postgres) {
        return new PostgresSettings(
                PostgresDsn.parse(postgres.postgresDsn().orElseThrow()),
                postgres.postgresSchema(),
                new PostgresSettings.Timescale(postgres.postgresTimescale(), postgres.postgresChunkIntervalS()),
                Duration.ofMillis((long) (postgres.postgresConnectTimeoutS() * 1000)),
                new PostgresSettings.Pool(
                        postgres.postgresPoolMinSize(),
                        postgres.postgresPoolMaxSize(),
                        PostgresSettings.Pool.STANDARD.waitingAConnectionMax()),
                Duration.ofMillis(postgres.postgresReadTimeoutMs()));
    }
}

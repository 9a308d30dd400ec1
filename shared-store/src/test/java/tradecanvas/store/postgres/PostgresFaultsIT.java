package tradecanvas.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static tradecanvas.store.api.CandleStoreContract.failureOf;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandleStoreContract;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.MirrorRow;
import tradecanvas.store.outbox.MirrorSession;
import tradecanvas.store.postgres.PostgresSettings.Pool;
import tradecanvas.store.servers.ServiceInstance;

/** A server of its own that hangs, dies and comes back. */
class PostgresFaultsIT {
    private static final SeriesId SERIES = SeriesId.parse("binance:futures:BTC/USDT:1m");
    private static final Duration BOUND = Duration.ofSeconds(1);
    /** What a bound may be late by on a loaded machine. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    private static ServiceInstance server;

    private Vertx vertx;
    private PostgresSettings settings;
    private PostgresStore store;

    @BeforeAll
    static void start() {
        server = ServiceInstance.up("store-faults");
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @BeforeEach
    void open() {
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        settings = PostgresSettings.of(server.postgresDsn(), "faults")
                .withConnectTimeout(BOUND)
                .withReadTimeout(BOUND)
                .withPool(new Pool(2, 4, 256));
        PostgresSchema.prepare(settings);
        store = PostgresStore.open(settings, vertx);
        CandleStoreContract.await(store.probe());
    }

    @AfterEach
    void close() {
        server.resumePostgres();
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private MirrorSession claim() {
        return CandleStoreContract.await(store.mirror().claim(new Fence("truth", 1), true));
    }

    private static List<MirrorRow> row(double value) {
        return List.of(new MirrorRow(SERIES.text(), new Candle(60, value, value, value, value, value)));
    }

    private static Throwable failureInTime(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        assertThat(future).failsWithin(BOUND.multipliedBy(2).plus(SLACK));
        return failureOf(future);
    }

    @Test
    void readsOfAHangingServerFailInTimeAndGoOnAfterIt() {
        server.pausePostgres();
        List<CompletionStage<?>> reads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            reads.add(store.reader().newest(SERIES, 1));
        }
        reads.add(store.probe());
        reads.forEach(read -> assertThat(failureInTime(read)).isInstanceOf(StoreUnavailableException.class));
        server.resumePostgres();
        await().untilAsserted(
                        () -> assertThat(store.probe().toCompletableFuture()).succeedsWithin(BOUND));
    }

    @Test
    void sessionOfAHangingServerIsGivenUpAtOnce() {
        MirrorSession session = claim();
        String port = localPort();
        assertThat(openPorts()).contains(port);
        server.pausePostgres();
        List<CompletionStage<Void>> writes =
                Stream.generate(() -> session.save(row(1))).limit(100).toList();
        session.close();
        writes.forEach(write -> assertThat(write.toCompletableFuture())
                .failsWithin(1, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(StoreUnavailableException.class));
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(openPorts()).doesNotContain(port));
        session.close();
        assertThat(failureInTime(session.save(row(1)))).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void sessionWhoseSocketIsFullIsGivenUpAtOnce() {
        MirrorSession session = claim();
        String port = localPort();
        assertThat(openPorts()).contains(port);
        server.pausePostgres();
        List<MirrorRow> batch = Stream.iterate(0L, time -> time + 60)
                .limit(100_000)
                .map(time -> new MirrorRow(SERIES.text(), CandleStoreContract.candle(time)))
                .toList();
        List<CompletionStage<Void>> writes =
                Stream.generate(() -> session.save(batch)).limit(4).toList();
        session.close();
        writes.forEach(write -> assertThat(failureInTime(write)).isInstanceOf(StoreUnavailableException.class));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(openPorts()).doesNotContain(port));
    }

    @Test
    void writesLeftBehindInAHangingServerDoNotOvertakeTheNextSession() {
        MirrorSession earlier = claim();
        CandleStoreContract.await(earlier.save(row(1)));
        server.pausePostgres();
        for (double value = 2; value < 50; value++) {
            earlier.save(row(value));
        }
        earlier.close();
        CompletionStage<MirrorSession> claiming = store.mirror().claim(new Fence("truth", 1), true);
        server.resumePostgres();
        MirrorSession later = claimedNowOrAgain(claiming);
        CandleStoreContract.await(later.save(row(100)));
        await().during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(
                                CandleStoreContract.await(store.reader().newest(SERIES, 1))
                                        .candles()
                                        .getFirst()
                                        .close())
                        .isEqualTo(100));
    }

    private MirrorSession claimedNowOrAgain(CompletionStage<MirrorSession> claiming) {
        return CandleStoreContract.await(claiming.exceptionally(tooLate -> claim()));
    }

    @Test
    void claimsOfAHangingServerFailInTimeAndLeaveNoConnection() {
        server.pausePostgres();
        List<CompletionStage<MirrorSession>> claims = Stream.generate(
                        () -> store.mirror().claim(new Fence("truth", 1), true))
                .limit(20)
                .toList();
        claims.forEach(claim -> assertThat(failureInTime(claim)).isInstanceOf(StoreUnavailableException.class));
        assertThat(failureOf(claims.getLast())).hasMessageContaining("connections wait");
        server.resumePostgres();
        await().untilAsserted(() ->
                assertThat(openPorts()).hasSizeLessThanOrEqualTo(settings.pool().sizeMax()));
        claim().close();
    }

    @Test
    void serverThatDiesIsUnavailableUntilItIsBack() {
        MirrorSession session = claim();
        server.stopPostgres();
        assertThat(failureInTime(session.save(row(1)))).isInstanceOf(StoreUnavailableException.class);
        session.close();
        assertThat(failureInTime(store.reader().newest(SERIES, 1))).isInstanceOf(StoreUnavailableException.class);
        assertThat(failureInTime(store.mirror().claim(new Fence("truth", 1), true)))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> PostgresSchema.prepare(settings)).isInstanceOf(StoreUnavailableException.class);
        server.startPostgres();
        await().untilAsserted(
                        () -> assertThat(store.probe().toCompletableFuture()).succeedsWithin(BOUND));
        CandleStoreContract.await(claim().save(row(2)));
    }

    @Test
    void startAtAHangingServerFailsWithinItsConnectTimeout() {
        server.pausePostgres();
        long startNanos = System.nanoTime();
        assertThatThrownBy(() -> PostgresSchema.prepare(settings))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("PostgreSQL at 127.0.0.1");
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(BOUND.plus(SLACK));
    }

    /** The port of this side of the session that has claimed last. */
    private String localPort() {
        String sql = "SELECT client_port FROM pg_stat_activity WHERE query LIKE 'WITH before%'"
                + " ORDER BY backend_start DESC LIMIT 1";
        PgConnection observer = TestSchema.await(() ->
                PgConnection.connect(vertx, settings.dsn().connectOptions().setSslMode(SslMode.DISABLE)));
        int port = TestSchema.await(() -> observer.query(sql).execute())
                .iterator()
                .next()
                .getInteger(0);
        TestSchema.await(observer::close);
        return "%04X".formatted(port);
    }

    /** Local ports of the sockets that a process holds open towards the server; the kernel's own ones have no inode. */
    private List<String> openPorts() {
        String remote = "0100007F:%04X".formatted(settings.dsn().port());
        return Stream.of("/proc/self/net/tcp", "/proc/self/net/tcp6")
                .flatMap(PostgresFaultsIT::lines)
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields[2].endsWith(remote) && !fields[9].equals("0"))
                .map(fields -> fields[1].substring(fields[1].indexOf(':') + 1))
                .toList();
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

package tradecanvas.ingest.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.outbox.BackfillState;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.Freshness;
import tradecanvas.store.outbox.OutboxEntry.Kind;
import tradecanvas.store.outbox.Quarantined;
import tradecanvas.store.sqlite.SqliteSettings;
import tradecanvas.store.sqlite.SqliteStore;

class MirrorDrainerTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");
    private static final SeriesId OTHER = SeriesId.parse("a:b:d:1m");

    private record Config(int mirrorBatchRowsMax, int mirrorTimeoutMs) implements MirrorConfig {
        @Override
        public int mirrorWaitMs() {
            return 250;
        }

        @Override
        public int mirrorBackoffMaxMs() {
            return 100;
        }

        @Override
        public int mirrorPipelineMax() {
            return 4;
        }

        @Override
        public int backfillWriteMs() {
            return 50;
        }
    }

    @TempDir
    Path directory;

    private final FakeMirror mirror = new FakeMirror();
    private SqliteStore store;
    private @Nullable MirrorGate gate;
    private @Nullable MirrorDrainer drainer;

    @BeforeEach
    void open() {
        open(true);
    }

    private void open(boolean withOutbox) {
        store = SqliteStore.open(
                SqliteSettings.of(directory.resolve("market.db")).withOutbox(withOutbox));
    }

    @AfterEach
    void close() {
        if (drainer != null && gate != null) {
            drainer.close();
            gate.close();
        }
        store.close();
    }

    @Test
    void whatIsSavedReachesTheMirrorAndLeavesTheOutbox() {
        start();
        List<Candle> candles = save(SERIES, 60, 120, 240);
        awaitSettled();
        assertThat(mirror.candles("a:b:c:1m")).containsExactlyElementsOf(candles);
        await().untilAsserted(() -> assertThat(store.outbox().entries(0, 10)).isEmpty());
        assertThat(gate().state()).isEqualTo(MirrorGate.State.UP);
    }

    @Test
    void deletesAndTrimsReachTheMirror() {
        start();
        save(SERIES, 60, 120, 180, 240, 300);
        store.writer().delete(SERIES, List.of(240L)).toCompletableFuture().join();
        store.writer().trim(SERIES, 2).toCompletableFuture().join();
        awaitSettled();
        assertThat(mirror.candles("a:b:c:1m")).extracting(Candle::openTime).containsExactly(180L, 300L);
    }

    @Test
    void changesOfMoreRowsThanAWriteTakesAreSplit() {
        start(new Config(7, 5_000));
        List<Candle> candles =
                save(SERIES, LongStream.rangeClosed(1, 100).map(i -> i * 60).toArray());
        awaitSettled();
        assertThat(mirror.candles("a:b:c:1m")).containsExactlyElementsOf(candles);
        assertThat(mirror.writes()).isGreaterThanOrEqualTo(15);
    }

    @Test
    void mirrorThatWasAwayGetsWhatItMissed() {
        start();
        save(SERIES, 60);
        awaitSettled();
        mirror.goAway();
        List<Candle> missed = save(SERIES, 60, 120);
        await().untilAsserted(() -> assertThat(gate().state()).isEqualTo(MirrorGate.State.DOWN));
        assertThat(drainer().lastFailure()).isNotNull();
        assertThat(drainer().oldestPendingMs()).isPositive();
        mirror.comeBack();
        awaitSettled();
        assertThat(mirror.candles("a:b:c:1m")).containsExactlyElementsOf(missed);
        await().untilAsserted(() -> assertThat(gate().state()).isEqualTo(MirrorGate.State.UP));
        assertThat(drainer().oldestPendingMs()).isZero();
    }

    @Test
    void mirrorThatHangsIsGivenUpAndItsLateWritesDoNotOverwriteNewerOnes() {
        start(new Config(5_000, 100));
        mirror.hold();
        save(SERIES, 60);
        await().untilAsserted(() -> assertThat(drainer().lastFailure()).isNotNull());
        List<Candle> newer = List.of(new Candle(60, 7, 7, 7, 7, 7));
        store.writer()
                .save(List.of(new SeriesCandles(SERIES, newer)))
                .toCompletableFuture()
                .join();
        mirror.letAllGo();
        awaitSettled();
        assertThat(mirror.candles("a:b:c:1m")).containsExactlyElementsOf(newer);
    }

    @Test
    void refusedRowsGoToQuarantineAndNoOtherWaitsForThem() {
        Candle poison = candle(180);
        mirror.refuse("a:b:c:1m", poison);
        mirror.refuseWith("23514");
        start();
        save(SERIES, 60, 120, 180, 240);
        save(OTHER, 60);
        awaitSettled();
        assertThat(mirror.candles("a:b:c:1m")).extracting(Candle::openTime).containsExactly(60L, 120L, 240L);
        assertThat(mirror.candles("a:b:d:1m")).hasSize(1);
        assertThat(store.outbox().quarantined(10))
                .extracting(Quarantined::kind, Quarantined::time, Quarantined::sqlState)
                .containsExactly(tuple(Kind.SAVED, 180L, "23514"));
        assertThat(store.outbox().progress().of(SERIES)).isEqualTo(Freshness.BEHIND);
        assertThat(store.outbox().progress().of(OTHER)).isEqualTo(Freshness.CURRENT);
    }

    @Test
    void rowThatIsAcceptedLaterLeavesTheQuarantine() {
        Candle poison = candle(60);
        mirror.refuse("a:b:c:1m", poison);
        start();
        save(SERIES, 60);
        awaitSettled();
        Candle corrected = new Candle(60, 5, 5, 5, 5, 5);
        store.writer()
                .save(List.of(new SeriesCandles(SERIES, List.of(corrected))))
                .toCompletableFuture()
                .join();
        awaitSettled();
        await().untilAsserted(
                        () -> assertThat(store.outbox().progress().of(SERIES)).isEqualTo(Freshness.CURRENT));
        assertThat(store.outbox().quarantinedCount()).isZero();
        assertThat(mirror.candles("a:b:c:1m")).containsExactly(corrected);
    }

    @Test
    void lateClaimOfItsOwnDoesNotEndTheWorkersWriting() {
        start();
        save(SERIES, 60);
        awaitSettled();
        mirror.claim(store.outbox().fence(), true); // given up before, and executed now
        List<Candle> later = save(SERIES, 60, 120);
        awaitSettled();
        assertThat(drainer().isFenced()).isFalse();
        assertThat(mirror.candles("a:b:c:1m")).containsExactlyElementsOf(later);
    }

    @Test
    void workerThatAnotherTruthReplacedDoesNotReplaceItInTurn() {
        start();
        save(SERIES, 60);
        awaitSettled();
        mirror.claim(new Fence("another", 1), true);
        save(SERIES, 120);
        await().untilAsserted(() -> assertThat(drainer().isFenced()).isTrue());
        assertThat(mirror.candles("a:b:c:1m")).extracting(Candle::openTime).containsExactly(60L);
        assertThat(drainer().oldestPendingMs()).isPositive();
    }

    @Test
    void mirrorThatLacksWhatWasThereBeforeAnswersNoReadsUntilItIsBackfilled() {
        store.close();
        open(false);
        save(OTHER, 60);
        store.close();
        open(true);
        start();
        save(SERIES, 60);
        awaitSettled();
        assertThat(store.outbox().progress().of(SERIES)).isEqualTo(Freshness.BEHIND);
        drainer().startBackfill();
        await().untilAsserted(
                        () -> assertThat(store.outbox().progress().of(SERIES)).isEqualTo(Freshness.CURRENT));
        assertThat(mirror.candles("a:b:d:1m")).hasSize(1);
    }

    @Test
    void workerWhoseMirrorWasTakenOverWritesNoMore() {
        start();
        save(SERIES, 60);
        awaitSettled();
        Fence own = store.outbox().fence();
        mirror.claim(new Fence(own.truthId(), own.epoch() + 1), true);
        save(SERIES, 120);
        await().untilAsserted(() -> assertThat(drainer().isFenced()).isTrue());
        assertThat(mirror.candles("a:b:c:1m")).extracting(Candle::openTime).containsExactly(60L);
        assertThat(gate().state()).isEqualTo(MirrorGate.State.DOWN);
    }

    @Test
    void backfillCopiesWhatWasThereBefore() {
        store.close();
        open(false);
        List<Candle> old =
                save(SERIES, LongStream.rangeClosed(1, 5_000).map(i -> i * 60).toArray());
        List<Candle> other = save(OTHER, 60, 120);
        store.close();
        open(true);
        start();
        drainer().startBackfill();
        await().untilAsserted(() -> assertThat(drainer().backfill().phase()).isEqualTo(BackfillState.Phase.DONE));
        assertThat(mirror.candles("a:b:c:1m")).containsExactlyElementsOf(old);
        assertThat(mirror.candles("a:b:d:1m")).containsExactlyElementsOf(other);
        assertThat(drainer().backfill().rowsDone()).isEqualTo(5_002);
        assertThat(drainer().backfill().rowsTotal()).isEqualTo(5_002);
    }

    @Test
    void backfillHasItsTurnAlsoWhileSomethingIsAlwaysPending() {
        store.close();
        open(false);
        save(OTHER, 60);
        store.close();
        open(true);
        start();
        mirror.beforeWrite(() -> save(SERIES, 60)); // each write finds the next change committed
        save(SERIES, 60);
        await().untilAsserted(() -> assertThat(gate().state()).isEqualTo(MirrorGate.State.UP));
        drainer().startBackfill();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(mirror.candles("a:b:d:1m")).hasSize(1));
        mirror.beforeWrite(() -> {});
    }

    @Test
    void rowsOfASeriesThatTheMirrorCannotNameAreQuarantinedTogether() {
        for (long time = 60; time <= 600; time += 60) {
            mirror.refuse("a:b:c:1m", candle(time));
        }
        start();
        save(SERIES, LongStream.rangeClosed(1, 10).map(i -> i * 60).toArray());
        save(OTHER, 60);
        awaitSettled();
        assertThat(store.outbox().quarantinedCount()).isEqualTo(10);
        assertThat(mirror.candles("a:b:d:1m")).hasSize(1);
        assertThat(mirror.candles("a:b:c:1m")).isEmpty();
    }

    @Test
    void stoppedBackfillGoesOnWhereItWasInTheNextProcess() {
        save(SERIES, LongStream.rangeClosed(1, 3_000).map(i -> i * 60).toArray());
        store.outbox().rememberMirror("database").toCompletableFuture().join();
        BackfillState half =
                new BackfillState(BackfillState.Phase.RUNNING, "a:b:c:1m", 60 * 2_001L, 2_000, 3_000, 1, 1);
        store.outbox().saveBackfill(half).toCompletableFuture().join();
        store.outbox().acknowledge(store.outbox().entries(0, 10));
        store.outbox().removeAcknowledged().toCompletableFuture().join();
        store.close();
        open(true);
        start();
        await().untilAsserted(() -> assertThat(drainer().backfill().phase()).isEqualTo(BackfillState.Phase.DONE));
        assertThat(mirror.candles("a:b:c:1m")).hasSize(1_000);
        assertThat(drainer().backfill().rowsDone()).isEqualTo(3_000);
    }

    private void start() {
        start(new Config(5_000, 5_000));
    }

    private void start(Config config) {
        store.outbox().rememberMirror("database").toCompletableFuture().join();
        MirrorGate opened = new MirrorGate(
                Duration.ofMillis(config.mirrorWaitMs()).toNanos(),
                store.outbox().progress().committedSeq(),
                System::nanoTime);
        gate = opened;
        drainer = new MirrorDrainer(
                mirror,
                store.outbox(),
                opened,
                new MirrorStats(new SimpleMeterRegistry()),
                config,
                InstantSource.system());
        drainer().start();
    }

    private MirrorDrainer drainer() {
        return Objects.requireNonNull(drainer);
    }

    private MirrorGate gate() {
        return Objects.requireNonNull(gate);
    }

    private void awaitSettled() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(store.outbox().progress().depth()).isZero());
    }

    private List<Candle> save(SeriesId series, long... times) {
        List<Candle> candles =
                LongStream.of(times).mapToObj(MirrorDrainerTest::candle).toList();
        store.writer()
                .save(List.of(new SeriesCandles(series, candles)))
                .toCompletableFuture()
                .join();
        return candles;
    }

    private static Candle candle(long time) {
        return new Candle(time, 1 + time / 64.0, 2 + time / 64.0, time / 64.0, 1 + time / 32.0, 10);
    }
}

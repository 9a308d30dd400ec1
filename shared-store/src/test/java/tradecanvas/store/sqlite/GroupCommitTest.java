package tradecanvas.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tradecanvas.store.api.CandleStoreContract.candle;
import static tradecanvas.store.api.CandleStoreContract.failureOf;
import static tradecanvas.store.api.CandleStoreContract.times;
import static tradecanvas.store.api.CandleStoreContract.unit;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandleStoreContract;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreOverloadedException;

class GroupCommitTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");
    private static final SeriesId BAD = SeriesId.parse("bad:1m");
    private static final int QUEUE_ROWS_MAX = 100;
    private static final int TRANSACTION_ROWS_MAX = 40;

    @TempDir
    Path directory;

    private SqliteSettings settings;
    private SqliteStore store;
    private RawDatabase other;

    @BeforeEach
    void open() throws SQLException {
        settings = SqliteSettings.of(directory.resolve("market.db"))
                .withWrites(new SqliteSettings.Writes(QUEUE_ROWS_MAX, TRANSACTION_ROWS_MAX));
        store = SqliteStore.open(settings);
        other = new RawDatabase(settings.path());
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
        store.close();
    }

    @Test
    void whatWaitsIsCommittedTogetherUpToTheRowsOfATransaction() throws SQLException {
        CompletionStage<Void> first = holdUpTheWriter();
        List<CompletionStage<Void>> waiting =
                IntStream.range(1, 61).mapToObj(i -> save(SERIES, 60L * i)).toList();
        other.release();
        waiting.forEach(CandleStoreContract::await);
        CandleStoreContract.await(first);
        assertThat(store.stats().writes().commits()).isEqualTo(3);
        assertThat(store.stats().writes().lastGroupUnits()).isEqualTo(60 - TRANSACTION_ROWS_MAX);
        assertThat(CandleStoreContract.await(store.reader().extent(SERIES)).count())
                .isEqualTo(61);
    }

    @Test
    void concurrentSaversShareCommits() {
        CompletableFuture<?>[] savers = IntStream.range(0, 32)
                .mapToObj(saver -> CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 50; i++) {
                                CandleStoreContract.await(save(SERIES, 60L * (saver * 50 + i)));
                            }
                        },
                        task -> Thread.ofVirtual().start(task)))
                .toArray(CompletableFuture[]::new);
        CandleStoreContract.await(CompletableFuture.allOf(savers));
        assertThat(store.stats().writes().unitsWritten()).isEqualTo(32 * 50);
        assertThat(store.stats().writes().commits()).isLessThan(32 * 50 / 2);
        assertThat(CandleStoreContract.await(store.reader().extent(SERIES)).count())
                .isEqualTo(32 * 50);
    }

    @Test
    void ofTwoUnitsInAGroupTheLaterCallWins() throws SQLException {
        holdUpTheWriter();
        store.writer().save(List.of(unit(SERIES, new Candle(60, 1, 1, 1, 1, 1))));
        CompletionStage<Void> later = store.writer().save(List.of(unit(SERIES, new Candle(60, 2, 2, 2, 2, 2))));
        other.release();
        CandleStoreContract.await(later);
        assertThat(CandleStoreContract.await(store.reader().newest(SERIES, 1)).candles())
                .containsExactly(new Candle(60, 2, 2, 2, 2, 2));
    }

    @Test
    void fullQueueRefusesAndLosesNothingThatItAccepted() throws SQLException {
        holdUpTheWriter();
        CompletionStage<Void> fills =
                save(SERIES, LongStream.range(1, QUEUE_ROWS_MAX + 1).toArray());
        assertThat(store.stats().writes().queuedRows()).isEqualTo(QUEUE_ROWS_MAX);
        assertThat(failureOf(save(SERIES, 9_000)))
                .isInstanceOf(StoreOverloadedException.class)
                .hasMessage("unit of 1 rows, and 100 of at most 100 rows wait");
        assertThat(store.stats().writes().refusedUnits()).isEqualTo(1);
        other.release();
        CandleStoreContract.await(fills);
        CandleStoreContract.await(save(SERIES, 9_000));
    }

    @Test
    void unitLargerThanTheQueueIsTakenOnceNothingElseWaits() throws SQLException {
        long[] tooMany = LongStream.range(1, 5 * QUEUE_ROWS_MAX).toArray();
        holdUpTheWriter();
        CompletionStage<Void> small = save(SERIES, 60);
        assertThat(failureOf(save(SERIES, tooMany))).isInstanceOf(StoreOverloadedException.class);
        other.release();
        CandleStoreContract.await(small);
        CandleStoreContract.await(save(SERIES, tooMany));
    }

    @Test
    void unitsWithoutRowsAreBoundedToo() throws SQLException {
        holdUpTheWriter();
        for (int i = 0; i < QUEUE_ROWS_MAX; i++) {
            store.writer().save(List.of());
        }
        assertThat(failureOf(store.writer().save(List.of()))).isInstanceOf(StoreOverloadedException.class);
        other.release();
    }

    @Test
    void badUnitFailsAloneAndTheOthersStayInOrder() throws SQLException {
        refuseBadSeriesBy("ABORT");
        assertOnlyTheBadUnitFails();
    }

    @Test
    void badUnitThatEndsTheTransactionFailsAlone() throws SQLException {
        refuseBadSeriesBy("ROLLBACK");
        assertOnlyTheBadUnitFails();
    }

    private void assertOnlyTheBadUnitFails() throws SQLException {
        holdUpTheWriter();
        List<String> ended = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (SeriesId series : List.of(SERIES, BAD, SERIES, SERIES)) {
            String name = series + " " + all.size();
            all.add(save(series, 60L * (all.size() + 1))
                    .whenComplete((_, failure) -> ended.add(name + (failure == null ? " saved" : " failed")))
                    .toCompletableFuture());
        }
        other.release();
        assertThat(failureOf(all.get(1)))
                .hasMessageContaining("no bad series")
                .rootCause()
                .isInstanceOf(SQLException.class);
        CandleStoreContract.await(all.getLast());
        assertThat(ended)
                .containsExactly("a:b:c:1m 0 saved", "bad:1m 1 failed", "a:b:c:1m 2 saved", "a:b:c:1m 3 saved");
        assertThat(times(CandleStoreContract.await(store.reader().newest(SERIES, 10))
                        .candles()))
                .containsExactly(0L, 60L, 180L, 240L);
        assertThat(store.stats().writes().failedUnits()).isEqualTo(1);
    }

    private void refuseBadSeriesBy(String action) throws SQLException {
        other.execute("CREATE TRIGGER refuse BEFORE INSERT ON candles WHEN NEW.series_id = '" + BAD
                + "' BEGIN SELECT RAISE(" + action + ", 'no bad series'); END");
    }

    @Test
    void unitThatFailsLeavesNoneOfItsRows() throws SQLException {
        refuseBadSeriesBy("ABORT");
        assertThat(failureOf(store.writer().save(List.of(unit(SERIES, candle(60)), unit(BAD, candle(60))))))
                .isInstanceOf(StoreException.class);
        assertThat(CandleStoreContract.await(store.reader().extent(SERIES)).count())
                .isZero();
    }

    @Test
    void lockThatIsNotGivenUpFailsTheWholeGroupAndLaterWritesGoOn() throws SQLException {
        store.close();
        store = SqliteStore.open(settings.withLockTimeout(Duration.ofMillis(100)));
        CompletionStage<Void> first = holdUpTheWriter();
        List<CompletionStage<Void>> group = List.of(save(SERIES, 60), save(SERIES, 120));
        assertThat(failureOf(first)).isInstanceOf(StoreException.class).hasMessageContaining("SQLITE_BUSY");
        group.forEach(waiting -> assertThat(failureOf(waiting)).hasMessageContaining("SQLITE_BUSY"));
        other.release();
        CandleStoreContract.await(save(SERIES, 180));
        assertThat(times(CandleStoreContract.await(store.reader().newest(SERIES, 10))
                        .candles()))
                .containsExactly(180L);
    }

    @Test
    void closingWritesWhatWasAccepted() throws SQLException {
        holdUpTheWriter();
        CompletionStage<Void> accepted = save(SERIES, 60);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(store::close);
        await().until(() -> failureOfNow(save(SERIES, 120)).contains("closed"));
        other.release();
        CandleStoreContract.await(closing);
        CandleStoreContract.await(accepted);
        assertThat(other.query("SELECT candle_time FROM candles WHERE candle_time > 0"))
                .contains("60");
    }

    @Test
    void closingWaitsNoLongerThanItMayAndKeepsTheLockOfAWriterThatRuns() throws SQLException {
        store.close();
        store = SqliteStore.open(settings.withCloseWaitMax(Duration.ofMillis(100)));
        CompletionStage<Void> accepted = holdUpTheWriter();
        store.close();
        assertThat(accepted.toCompletableFuture()).isNotDone();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> SqliteStore.open(settings))
                .hasMessageContaining("in use by process");
        other.release();
        CandleStoreContract.await(accepted);
    }

    /** Returns with the writer waiting for a lock that {@link #other} has, and nothing queued behind its unit. */
    private CompletionStage<Void> holdUpTheWriter() throws SQLException {
        other.hold();
        CompletionStage<Void> first = save(SERIES, 0);
        await().until(() -> store.stats().writes().queuedRows() == 0);
        return first;
    }

    private static String failureOfNow(CompletionStage<Void> stage) {
        CompletableFuture<Void> future = stage.toCompletableFuture();
        return future.isCompletedExceptionally()
                ? String.valueOf(future.exceptionNow().getMessage())
                : "";
    }

    private CompletionStage<Void> save(SeriesId series, long... times) {
        Candle[] candles =
                LongStream.of(times).mapToObj(CandleStoreContract::candle).toArray(Candle[]::new);
        return store.writer().save(List.of(unit(series, candles)));
    }
}

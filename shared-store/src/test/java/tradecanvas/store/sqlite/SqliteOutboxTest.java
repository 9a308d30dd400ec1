package tradecanvas.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static tradecanvas.store.api.CandleStoreContract.await;
import static tradecanvas.store.api.CandleStoreContract.candle;
import static tradecanvas.store.api.CandleStoreContract.failureOf;
import static tradecanvas.store.api.CandleStoreContract.times;
import static tradecanvas.store.api.CandleStoreContract.unit;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.outbox.BackfillState;
import tradecanvas.store.outbox.Freshness;
import tradecanvas.store.outbox.Outbox;
import tradecanvas.store.outbox.OutboxEntry;
import tradecanvas.store.outbox.OutboxEntry.Kind;
import tradecanvas.store.outbox.Quarantined;

class SqliteOutboxTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");
    private static final SeriesId OTHER = SeriesId.parse("a:b:d:1m");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(5_000));

    @TempDir
    Path directory;

    private Path file;
    private SqliteStore store;

    @BeforeEach
    void open() {
        file = directory.resolve("market.db");
        store = SqliteStore.open(SqliteSettings.of(file).withOutbox(true), CLOCK);
        await(outbox().rememberMirror("database"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void candleAndItsEntryAreCommittedTogether() {
        save(SERIES, 60);
        assertThat(outbox().entries(0, 10))
                .containsExactly(new OutboxEntry(1, 1, Kind.SAVED, "a:b:c:1m", 60, 60, 5_000));
        assertThat(outbox().progress().depth()).isEqualTo(1);
        assertThat(outbox().progress().of(SERIES)).isEqualTo(Freshness.BEHIND);
        assertThat(outbox().progress().of(OTHER)).isEqualTo(Freshness.CURRENT);
    }

    @Test
    void candlesWithoutAGapBetweenThemAreOneEntry() {
        save(SERIES, 60, 120, 180, 300, 330, 390);
        assertThat(ranges()).containsExactly("SAVED 60..180", "SAVED 300..300", "SAVED 330..390");
    }

    @Test
    void longRunIsCutIntoEntriesThatCanBeReadAtOnce() {
        save(SERIES, LongStream.rangeClosed(1, 2_001).map(i -> i * 60).toArray());
        assertThat(ranges()).containsExactly("SAVED 60..60000", "SAVED 60060..120000", "SAVED 120060..120060");
    }

    @Test
    void entryTellsWhereTheTruthIsToBeReadNotWhatItHeld() {
        save(SERIES, 60);
        Candle changed = new Candle(60, 6, 7, 8, 9, 10);
        await(store.writer().save(List.of(unit(SERIES, changed))));
        assertThat(ranges()).containsExactly("SAVED 60..60", "SAVED 60..60");
        assertThat(outbox().candles("a:b:c:1m", 60, 60, 10)).containsExactly(changed);
    }

    @Test
    void deletesAndTrimsAreEntries() {
        save(SERIES, 60, 120, 180, 240);
        await(store.writer().delete(SERIES, List.of(240L)));
        await(store.writer().trim(SERIES, 1));
        await(store.writer().trim(SERIES, 1));
        assertThat(ranges())
                .containsExactly("SAVED 60..240", "DELETED 240..240", "DELETED " + Long.MIN_VALUE + "..179");
    }

    @Test
    void unitThatIsRefusedLeavesNoEntry() throws SQLException {
        try (RawDatabase raw = new RawDatabase(file)) {
            raw.execute("CREATE TRIGGER refuse BEFORE INSERT ON candles WHEN new.candle_time = 666"
                    + " BEGIN SELECT RAISE(ABORT, 'refused'); END");
        }
        assertThat(failureOf(store.writer().save(List.of(unit(SERIES, candle(60), candle(666))))))
                .isInstanceOf(StoreException.class);
        save(SERIES, 120);
        assertThat(ranges()).containsExactly("SAVED 120..120");
        assertThat(outbox().progress().committedSeq()).isEqualTo(1);
    }

    @Test
    void acknowledgedEntriesLeaveTheFileWithTheNextCommit() {
        save(SERIES, 60);
        save(OTHER, 60);
        outbox().acknowledge(outbox().entries(0, 1));
        assertThat(outbox().progress().of(SERIES)).isEqualTo(Freshness.CURRENT);
        assertThat(outbox().progress().of(OTHER)).isEqualTo(Freshness.BEHIND);
        assertThat(outbox().progress().depth()).isEqualTo(1);
        await(outbox().removeAcknowledged());
        assertThat(outbox().entries(0, 10)).extracting(OutboxEntry::seq).containsExactly(2L);
    }

    @Test
    void whatALongOutageLeavesIsRemovedInParts() {
        long[] apart = LongStream.rangeClosed(1, OutboxTable.REMOVED_PER_COMMIT_MAX + 5)
                .map(i -> i * 120)
                .toArray();
        save(SERIES, apart);
        outbox().acknowledge(outbox().entries(apart.length - 1, 1));
        await(outbox().removeAcknowledged());
        assertThat(outbox().entries(0, 100)).hasSize(5);
        await(outbox().removeAcknowledged());
        assertThat(outbox().entries(0, 100)).isEmpty();
    }

    @Test
    void seriesIsBehindUntilItsNewestChangeIsAcknowledged() {
        save(SERIES, 60);
        List<OutboxEntry> first = outbox().entries(0, 1);
        save(SERIES, 120);
        outbox().acknowledge(first);
        assertThat(outbox().progress().of(SERIES)).isEqualTo(Freshness.BEHIND);
        outbox().acknowledge(outbox().entries(1, 1));
        assertThat(outbox().progress().of(SERIES)).isEqualTo(Freshness.CURRENT);
    }

    @Test
    void nextProcessKnowsWhatIsOwedAndHasAHigherEpoch() {
        save(SERIES, 60);
        save(OTHER, 60);
        outbox().acknowledge(outbox().entries(0, 1));
        await(outbox().removeAcknowledged());
        String truthId = outbox().fence().truthId();
        reopen(true);
        assertThat(outbox().fence().truthId()).isEqualTo(truthId);
        assertThat(outbox().fence().epoch()).isEqualTo(2);
        assertThat(outbox().progress().of(OTHER)).isEqualTo(Freshness.BEHIND);
        assertThat(outbox().progress().of(SERIES)).isEqualTo(Freshness.CURRENT);
        assertThat(outbox().progress().depth()).isEqualTo(1);
        save(SERIES, 120);
        assertThat(outbox().entries(0, 10))
                .extracting(OutboxEntry::seq, OutboxEntry::epoch)
                .containsExactly(tuple(2L, 1L), tuple(3L, 2L));
    }

    @Test
    void withoutAMirrorNothingIsRecorded() {
        reopen(false);
        save(SERIES, 60);
        await(store.writer().delete(SERIES, List.of(60L)));
        assertThatThrownBy(this::outbox).isInstanceOf(IllegalStateException.class);
        reopen(true);
        assertThat(outbox().entries(0, 10)).isEmpty();
        assertThat(outbox().progress().of(SERIES)).isEqualTo(Freshness.CURRENT);
    }

    @Test
    void backfillIsForgottenOnceSomethingMayBeWrittenWithoutTheOutbox() {
        BackfillState done = new BackfillState(BackfillState.Phase.DONE, "x", 5, 6, 7, 8, 9);
        await(outbox().saveBackfill(done));
        reopen(true);
        assertThat(outbox().backfill()).isEqualTo(done);
        reopen(false);
        save(SERIES, 60);
        reopen(true);
        assertThat(outbox().backfill()).isEqualTo(BackfillState.NONE);
    }

    @Test
    void quarantineHoldsASeriesBackUntilItsRowIsAccepted() {
        Quarantined row = new Quarantined(Kind.SAVED, "a:b:c:1m", 60, "22021", "no NUL", 1);
        await(outbox().quarantine(List.of(row)));
        assertThat(outbox().quarantined(10)).containsExactly(row);
        assertThat(outbox().quarantinedCount()).isEqualTo(1);
        reopen(true);
        assertThat(outbox().progress().of(SERIES)).isEqualTo(Freshness.BEHIND);
        await(outbox().release("a:b:c:1m", List.of(60L)));
        assertThat(outbox().quarantinedCount()).isZero();
        assertThat(outbox().progress().of(SERIES)).isEqualTo(Freshness.CURRENT);
    }

    @Test
    void quarantineCanBeOwedToTheMirrorOnceMore() {
        await(outbox().quarantine(List.of(new Quarantined(Kind.SAVED, "a:b:c:1m", 60, "22021", "no NUL", 1))));
        await(outbox().quarantine(List.of(new Quarantined(Kind.DELETED, "a:b:d:1m", 120, "22021", "no NUL", 2))));
        await(outbox().retryQuarantined());
        assertThat(ranges()).containsExactlyInAnyOrder("SAVED 60..60", "DELETED 120.." + Long.MAX_VALUE);
        assertThat(outbox().quarantinedCount()).isZero();
        outbox().acknowledge(outbox().entries(0, 10));
        assertThat(outbox().progress().of(SERIES))
                .as("until its outcome is known")
                .isEqualTo(Freshness.BEHIND);
        await(outbox().release("a:b:c:1m", List.of(60L)));
        assertThat(outbox().progress().of(SERIES)).isEqualTo(Freshness.CURRENT);
    }

    @Test
    void seriesAreListedInTheOrderOfTheirBytes() {
        for (String id : List.of("b:1m", "a:1m", "B:1m", "\u4e2d:1m")) {
            save(SeriesId.parse(id), 60);
        }
        assertThat(outbox().series("", 10)).containsExactly("B:1m", "a:1m", "b:1m", "\u4e2d:1m");
        assertThat(outbox().series("a:1m", 1)).containsExactly("b:1m");
        assertThat(outbox().series("\u4e2d:1m", 1)).isEmpty();
        assertThat(outbox().candleCount()).isEqualTo(4);
    }

    @Test
    void rangeOfTheTruthIsReadInPages() {
        save(SERIES, 60, 120, 180);
        assertThat(times(outbox().candles("a:b:c:1m", Long.MIN_VALUE, Long.MAX_VALUE, 2)))
                .containsExactly(60L, 120L);
        assertThat(times(outbox().candles("a:b:c:1m", 121, Long.MAX_VALUE, 2))).containsExactly(180L);
    }

    @Test
    void mirrorIsKnownOnceItWasRemembered() {
        assertThat(outbox().knowsMirror("db1/public")).isFalse();
        await(outbox().rememberMirror("db1/public"));
        await(outbox().rememberMirror("db1/public"));
        reopen(true);
        assertThat(outbox().knowsMirror("db1/public")).isTrue();
        assertThat(outbox().knowsMirror("db2/public")).isFalse();
    }

    private Outbox outbox() {
        return store.outbox();
    }

    private List<String> ranges() {
        return outbox().entries(0, 100).stream()
                .map(entry -> entry.kind() + " " + entry.from() + ".." + entry.to())
                .toList();
    }

    private void save(SeriesId series, long... times) {
        Candle[] candles = LongStream.of(times).mapToObj(time -> candle(time)).toArray(Candle[]::new);
        await(store.writer().save(List.of(unit(series, candles))));
    }

    private void reopen(boolean withOutbox) {
        store.close();
        store = SqliteStore.open(SqliteSettings.of(file).withOutbox(withOutbox), CLOCK);
        if (withOutbox && !outbox().knowsMirror("db1/public")) {
            await(outbox().rememberMirror("database"));
        }
    }
}

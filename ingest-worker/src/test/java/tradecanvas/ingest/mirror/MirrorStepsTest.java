package tradecanvas.ingest.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.outbox.OutboxEntry;
import tradecanvas.store.sqlite.SqliteSettings;
import tradecanvas.store.sqlite.SqliteStore;

class MirrorStepsTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");
    private static final SeriesId OTHER = SeriesId.parse("a:b:d:1m");

    @TempDir
    Path directory;

    private final AtomicLong now = new AtomicLong(1_000);
    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(
                SqliteSettings.of(directory.resolve("market.db")).withOutbox(true));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void changesThatWaitTogetherBecomeOneWriteOfDistinctRows() {
        save(SERIES, 60, 1);
        save(SERIES, 60, 2);
        save(SERIES, 120, 3);
        save(OTHER, 60, 4);
        List<MirrorStep> steps = all(steps(100));
        assertThat(steps).hasSize(1);
        assertThat(((MirrorStep.Save) steps.getFirst()).rows())
                .extracting(row -> row.seriesId() + " " + row.candle().openTime() + " "
                        + row.candle().close())
                .containsExactlyInAnyOrder("a:b:c:1m 60 2.0", "a:b:c:1m 120 3.0", "a:b:d:1m 60 4.0");
        assertThat(steps.getFirst().settles()).extracting(OutboxEntry::seq).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void writeHoldsNoMoreRowsThanItMayAndOnlyTheLastOneSettles() {
        store.writer()
                .save(List.of(new SeriesCandles(
                        SERIES,
                        LongStream.rangeClosed(1, 10)
                                .mapToObj(i -> candle(i * 60, 7))
                                .toList())))
                .toCompletableFuture()
                .join();
        List<MirrorStep> steps = all(steps(4));
        assertThat(steps)
                .extracting(step -> ((MirrorStep.Save) step).rows().size())
                .containsExactly(4, 4, 2);
        assertThat(steps).extracting(step -> step.settles().size()).containsExactly(0, 0, 1);
    }

    @Test
    void deletionsKeepTheirPlaceAndWhatTheTruthHasAgain() {
        save(SERIES, 60, 1);
        store.writer().delete(SERIES, List.of(60L)).toCompletableFuture().join();
        save(SERIES, 60, 2);
        List<MirrorStep> steps = all(steps(100));
        assertThat(steps).hasSize(4);
        assertThat(steps.get(0)).isInstanceOf(MirrorStep.Save.class);
        assertThat(steps.get(1))
                .isInstanceOfSatisfying(
                        MirrorStep.Delete.class,
                        delete -> assertThat(delete.keep()).containsExactly(60L));
        assertThat(steps.get(2)).isInstanceOf(MirrorStep.Save.class);
        assertThat(steps.stream().flatMap(step -> step.settles().stream()))
                .extracting(OutboxEntry::seq)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void changeWhoseRowsAreGoneAgainSettlesWithoutAWrite() {
        save(SERIES, 60, 1);
        store.writer().delete(SERIES, List.of(60L)).toCompletableFuture().join();
        List<MirrorStep> steps = all(steps(100));
        assertThat(steps.get(0)).isInstanceOf(MirrorStep.Nothing.class);
        assertThat(steps.get(1)).isInstanceOf(MirrorStep.Delete.class);
    }

    @Test
    void lastWriteOfALookThatSawEverythingTellsItsMoment() {
        save(SERIES, 60, 1);
        MirrorSteps steps = steps(100);
        MirrorSteps.Planned first = Objects.requireNonNull(steps.next());
        now.set(2_000);
        save(SERIES, 120, 2);
        MirrorSteps.Planned second = Objects.requireNonNull(steps.next());
        assertThat(first.currentAsOf()).hasValue(1_000);
        assertThat(second.currentAsOf()).hasValue(2_000);
    }

    @Test
    void whatWasNotSettledComesAgainAfterARestartWithTheRowsOfThen() {
        save(SERIES, 60, 1);
        MirrorSteps steps = steps(100);
        all(steps);
        save(SERIES, 60, 2);
        steps.restart();
        List<MirrorStep> again = all(steps);
        assertThat(again).hasSize(1);
        assertThat(again.getFirst().settles()).hasSize(2);
        assertThat(((MirrorStep.Save) again.getFirst()).rows())
                .extracting(row -> row.candle().close())
                .containsExactly(2.0);
    }

    private MirrorSteps steps(int rowsMax) {
        return new MirrorSteps(store.outbox(), rowsMax, now::get);
    }

    private static List<MirrorStep> all(MirrorSteps steps) {
        List<MirrorStep> all = new ArrayList<>();
        for (MirrorSteps.Planned next = steps.next(); next != null; next = steps.next()) {
            all.add(next.step());
        }
        return all;
    }

    private void save(SeriesId series, long time, double value) {
        store.writer()
                .save(List.of(new SeriesCandles(series, List.of(candle(time, value)))))
                .toCompletableFuture()
                .join();
    }

    private static Candle candle(long time, double value) {
        return new Candle(time, value, value, value, value, value);
    }
}

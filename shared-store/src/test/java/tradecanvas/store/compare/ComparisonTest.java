package tradecanvas.store.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.digest.DigestReader;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.outbox.MirrorPosition;
import tradecanvas.store.outbox.MirrorPositions;

class ComparisonTest {
    private static final String SERIES = "a:b:c:1m";
    private static final MirrorPositions AT_REST = () -> CompletableFuture.completedStage(MirrorPosition.AT_REST);

    private final FakeStore truth = new FakeStore();
    private final FakeStore mirror = new FakeStore();
    private final Findings findings = new Findings();

    private static RowBits row(long time, double value) {
        return RowBits.of(time, value, value, value, value, value);
    }

    private void both(int rows) {
        for (int i = 1; i <= rows; i++) {
            truth.put(SERIES, row(60L * i, i));
            mirror.put(SERIES, row(60L * i, i));
        }
    }

    private ComparisonSummary compare(MirrorPositions positions, ComparisonBounds bounds) throws InterruptedException {
        return new Comparison(
                        new Stores(truth, mirror, positions),
                        bounds,
                        findings,
                        InstantSource.system(),
                        System::nanoTime)
                .run();
    }

    @Test
    void emptyStoresAreNoProof() throws InterruptedException {
        assertThat(compare(AT_REST, ComparisonBounds.STANDARD).equal()).isFalse();
    }

    @Test
    void equalStoresAreReadOnce() throws InterruptedException {
        both(200_000);
        ComparisonSummary summary = compare(AT_REST, ComparisonBounds.STANDARD);
        assertThat(summary.equal()).isTrue();
        assertThat(summary.rows()).isEqualTo(200_000);
        assertThat(truth.rowsRead).isEqualTo(200_000);
        assertThat(findings.progress.getLast().seriesDone()).isEqualTo(1);
        assertThat(findings.progress.getLast().rows()).isEqualTo(200_000);
    }

    @Test
    void fewDifferencesCostFewFurtherReads() throws InterruptedException {
        both(200_000);
        mirror.remove(SERIES, 60L * 777);
        mirror.put(SERIES, row(60L * 150_000, 3));
        assertThat(compare(AT_REST, ComparisonBounds.STANDARD).drift()).isEqualTo(2);
        assertThat(truth.rowsRead).isBetween(200_000L, 204_000L);
    }

    @Test
    void rowThatTheMirrorWasNotGivenYetIsUnconfirmed() throws InterruptedException {
        both(10);
        truth.put(SERIES, row(660, 1));
        MirrorPositions behind = () -> CompletableFuture.completedStage(new MirrorPosition(1, 8, 7, true));
        ComparisonSummary summary = compare(behind, ComparisonBounds.STANDARD.withMirrorWaitMax(Duration.ofMillis(50)));
        assertThat(summary.drift()).isZero();
        assertThat(summary.equal()).isFalse();
        assertThat(findings.unconfirmed).containsExactly(new Drift(SERIES, 660, row(660, 1), null));
    }

    /** Else each part of a mirror that hangs would be waited for anew. */
    @Test
    void mirrorThatHangsIsWaitedForOnce() throws InterruptedException {
        both(1);
        for (int i = 2; i < 5_000; i++) {
            truth.put(SERIES, row(60L * i, i));
        }
        MirrorPositions behind = () -> CompletableFuture.completedStage(new MirrorPosition(1, 8, 7, true));
        long begun = System.nanoTime();
        compare(behind, ComparisonBounds.STANDARD.withWindow(1_000, 10, 20).withMirrorWaitMax(Duration.ofMillis(300)));
        assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(5));
        assertThat(findings.unconfirmed).hasSize(4_998);
    }

    @Test
    void rowThatKeepsChangingIsUnconfirmed() throws InterruptedException {
        both(10);
        long[] changes = {0};
        truth.beforeAnswer = () -> truth.put(SERIES, row(60, 1_000.0 + changes[0]++));
        MirrorPositions moving =
                () -> CompletableFuture.completedStage(new MirrorPosition(1, changes[0], changes[0], true));
        ComparisonSummary summary = compare(moving, ComparisonBounds.STANDARD);
        assertThat(summary.drift()).isZero();
        assertThat(findings.unconfirmed).hasSize(1);
    }

    @Test
    void workerThatStartsAgainMeanwhileIsAskedAnew() throws InterruptedException {
        both(10);
        mirror.remove(SERIES, 120);
        int[] asked = {0};
        MirrorPositions restarted = () -> CompletableFuture.completedStage(
                asked[0]++ < 2 ? new MirrorPosition(1, 90, 80, true) : new MirrorPosition(2, 0, 0, true));
        assertThat(compare(restarted, ComparisonBounds.STANDARD).drift()).isEqualTo(1);
        assertThat(findings.unconfirmed).isEmpty();
    }

    @Test
    void seriesThatIsDeletedMeanwhileIsNoDrift() throws InterruptedException {
        both(3_000);
        long[] answers = {0};
        truth.beforeAnswer = () -> {
            if (++answers[0] == 2) {
                truth.removeBefore(SERIES, Long.MAX_VALUE);
            }
        };
        long[] asked = {0};
        MirrorPositions follows = () -> {
            if (++asked[0] > 3) {
                mirror.removeBefore(SERIES, Long.MAX_VALUE);
            }
            return CompletableFuture.completedStage(new MirrorPosition(1, 1, asked[0] > 3 ? 1 : 0, true));
        };
        assertThat(compare(follows, ComparisonBounds.STANDARD).equal()).isTrue();
        assertThat(findings.drift).isEmpty();
    }

    @Test
    void seriesThatCannotBeReadLeavesTheOthers() throws InterruptedException {
        both(10);
        truth.put("a:b:d:1m", row(60, 1));
        mirror.broken = SERIES;
        ComparisonSummary summary = compare(AT_REST, ComparisonBounds.STANDARD);
        assertThat(findings.failed).containsExactly(SERIES + " unreadable");
        assertThat(summary.seriesFailed()).isEqualTo(1);
        assertThat(findings.keys()).containsExactly("MISSING a:b:d:1m 60");
        assertThat(summary.equal()).isFalse();
    }

    @Test
    void storeThatDoesNotAnswerEndsIt() {
        MirrorPositions gone = () -> CompletableFuture.failedStage(new StoreUnavailableException("gone"));
        assertThatThrownBy(() -> compare(gone, ComparisonBounds.STANDARD))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("gone");
    }

    @Test
    void pausesToKeepItsPace() throws InterruptedException {
        both(10_000);
        long begun = System.nanoTime();
        compare(AT_REST, ComparisonBounds.STANDARD.withWindow(1_000, 4, 500).withRowsPerSecondMax(10_000));
        assertThat(System.nanoTime() - begun)
                .isBetween(TimeUnit.MILLISECONDS.toNanos(700), TimeUnit.MILLISECONDS.toNanos(3_000));
    }

    @Test
    void readersRefuseWhatIsOutOfBounds() {
        assertThatThrownBy(() -> DigestReader.requireWithin(DigestReader.ROWS_MAX, 0, "max"))
                .hasMessage("max 0 is not within 1..2000");
    }
}

package tradecanvas.store.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.compare.ComparisonBounds;
import tradecanvas.store.compare.Confirmation;
import tradecanvas.store.compare.Drift;
import tradecanvas.store.compare.Stores;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.outbox.OutboxEntry;
import tradecanvas.store.sqlite.SqliteSettings;
import tradecanvas.store.sqlite.SqliteStore;

/** The engine and the ledger on a real file; its mirror is another file that nobody fills. */
class RepairTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");
    private static final ComparisonBounds BOUNDS = ComparisonBounds.STANDARD.withMirrorWaitMax(Duration.ofMillis(50));

    @TempDir
    Path directory;

    private SqliteStore truth;
    private SqliteStore mirror;
    private Repair repair;
    private final List<String> settled = new ArrayList<>();

    @BeforeEach
    void open() {
        truth = SqliteStore.open(
                SqliteSettings.of(directory.resolve("truth.db")).withOutbox(true));
        mirror = SqliteStore.open(SqliteSettings.of(directory.resolve("mirror.db")));
        Stores stores = new Stores(
                truth.digests(),
                mirror.digests(),
                () -> CompletableFuture.completedStage(truth.outbox().position()));
        RepairListener listener = new RepairListener() {
            @Override
            public void settled(Drift drift, FixOutcome outcome) {
                settled.add(drift.time() + " " + outcome);
            }
        };
        repair = new Repair(truth.repairs(), new Confirmation(stores, BOUNDS, System::nanoTime), BOUNDS, 3, listener);
        save(truth, 60, 120, 180);
        acknowledge();
    }

    @AfterEach
    void close() {
        truth.close();
        mirror.close();
    }

    private static Candle candle(long time) {
        return new Candle(time, 1, 2, 3, 4, 5);
    }

    private static void save(SqliteStore store, long... times) {
        for (long time : times) {
            store.writer()
                    .save(List.of(new SeriesCandles(SERIES, List.of(candle(time)))))
                    .toCompletableFuture()
                    .join();
        }
    }

    private List<OutboxEntry> owed() {
        return truth.outbox().entries(truth.outbox().progress().acknowledgedSeq(), 100);
    }

    private void acknowledge() {
        truth.outbox().acknowledge(owed());
    }

    private List<AuditedFix> audit(boolean queuedOnly) {
        return truth.repairs().fixes(0, 100, queuedOnly).toCompletableFuture().join();
    }

    private static Drift missing(long time) {
        return new Drift(SERIES.text(), time, RowBits.of(candle(time)), null);
    }

    private static Drift extra(long time) {
        return new Drift(SERIES.text(), time, null, RowBits.of(candle(time)));
    }

    @Test
    void dryRunWritesNothing() {
        RepairReport report = repair.dryRun(List.of(missing(60), extra(90)));
        assertThat(report).isEqualTo(new RepairReport(true, 2, 0, 0, 0, 0, 0));
        assertThat(owed()).isEmpty();
        assertThat(audit(false)).isEmpty();
    }

    @Test
    void keysAreOwedAndWhatTheMirrorHasNotConfirmedStaysQueued() throws InterruptedException {
        RepairReport report = repair.run("run", List.of(missing(60), extra(90)));
        assertThat(report.queued()).isEqualTo(1); // nothing is at 90 on either side, so that one is repaired
        assertThat(report.repaired()).isEqualTo(1);
        assertThat(owed().stream().map(entry -> entry.kind() + " " + entry.from() + ".." + entry.to()))
                .containsExactly("SAVED 60..60", "DELETED 90..90");
        assertThat(audit(true).stream().map(AuditedFix::evidence)).containsExactly(missing(60));

        save(mirror, 60);
        acknowledge();
        assertThat(repair.resume().repaired()).isEqualTo(1);
        assertThat(audit(true)).isEmpty();
        assertThat(audit(false)).hasSize(2).allMatch(fix -> fix.outcome() == FixOutcome.REPAIRED);
        assertThat(settled).containsExactly("60 QUEUED", "90 REPAIRED", "60 REPAIRED");
    }

    @Test
    void driftThatIsStillThereIsSaidSo() throws InterruptedException {
        truth.repairs()
                .submit("run", List.of(missing(60)))
                .toCompletableFuture()
                .join();
        acknowledge(); // although the mirror was given nothing
        RepairReport report = repair.resume();
        assertThat(report.stillDrift()).isEqualTo(1);
        assertThat(audit(false)).allMatch(fix -> fix.outcome() == FixOutcome.STILL_DRIFT);
    }

    @Test
    void rowsBeyondTheBoundAreLeftOutAndRowsThatAreNoCandlesRefused() {
        Drift infinite = new Drift(SERIES.text(), 240, RowBits.of(240, Double.POSITIVE_INFINITY, 1, 1, 1, 1), null);
        RepairReport report = repair.dryRun(List.of(infinite, missing(60), missing(120), missing(180), extra(90)));
        assertThat(report).isEqualTo(new RepairReport(true, 3, 0, 0, 0, 1, 1));
        assertThatThrownBy(() -> truth.repairs().submit("run", List.of(infinite)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no candle");
        assertThatThrownBy(() -> truth.repairs().submit("", List.of(missing(60))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sameRunAgainKeepsItsRows() {
        for (int i = 0; i < 2; i++) {
            truth.repairs()
                    .submit("run", List.of(missing(60), extra(90)))
                    .toCompletableFuture()
                    .join();
        }
        truth.repairs()
                .submit("another", List.of(missing(60)))
                .toCompletableFuture()
                .join();
        assertThat(audit(false).stream()
                        .map(fix -> fix.runId() + " " + fix.evidence().time()))
                .containsExactly("run 60", "run 90", "another 60");
        assertThat(owed()).hasSize(5);
    }

    @Test
    void foreignRowsOfTheFileAreReadAsTheyAre() throws SQLException {
        try (Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("truth.db"));
                Statement statement = foreign.createStatement()) {
            statement.execute("INSERT INTO candles VALUES ('no id', 1, 9e999, -9e999, -0.0, 'text', 4.9e-324)");
        }
        List<RowBits> rows =
                truth.digests().rows("no id", 0, 10, 10).toCompletableFuture().join();
        assertThat(rows)
                .containsExactly(
                        RowBits.of(1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0, 0.0, Double.MIN_VALUE));
        assertThat(rows.getFirst().isCandle()).isFalse();
        assertThat(truth.digests().series("a:b:c:1m", 10).toCompletableFuture().join())
                .singleElement()
                .satisfies(span -> assertThat(span.seriesId()).isEqualTo("no id"));
    }
}

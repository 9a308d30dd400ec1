package tradecanvas.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tradecanvas.store.api.CandleStoreContract.candle;
import static tradecanvas.store.api.CandleStoreContract.unit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandleStoreContract;
import tradecanvas.store.sqlite.SqliteStats.Checkpoint;

class CheckpointsTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");
    private static final long CHECKPOINT_BYTES = 64L << 10;
    private static final long WAL_BYTES_MAX = 256L << 10;
    /** A commit of one candle changes less than sixteen pages. */
    private static final long COMMIT_BYTES_MAX = 64L << 10;

    @TempDir
    Path directory;

    private Path file;
    private SqliteSettings settings;

    @BeforeEach
    void name() {
        file = directory.resolve("market.db");
        settings = withRestartWait(Duration.ofSeconds(20));
    }

    private SqliteSettings withRestartWait(Duration wait) {
        return SqliteSettings.of(file).withWal(new SqliteSettings.Wal(CHECKPOINT_BYTES, WAL_BYTES_MAX, wait));
    }

    @Test
    void logStaysShortWhileCommitsNeverPause() throws Exception {
        long longest = 0;
        try (SqliteStore store = SqliteStore.open(settings)) {
            for (int i = 0; i < 2_000; i++) {
                save(store, i);
                longest = Math.max(longest, store.stats().wal().bytes());
            }
            assertThat(store.stats().wal().checkpoints()).isGreaterThan(4);
            assertThat(store.stats().wal().failedCheckpoints()).isZero();
        }
        assertThat(longest).isBetween(CHECKPOINT_BYTES, WAL_BYTES_MAX + CHECKPOINT_BYTES + COMMIT_BYTES_MAX);
        assertThat(file.resolveSibling("market.db-wal")).doesNotExist();
    }

    @Test
    void backgroundRunCopiesTheLogWithoutTheWriter() {
        try (SqliteStore store = SqliteStore.open(settings)) {
            for (int i = 0; store.stats().wal().bytes() < CHECKPOINT_BYTES; i++) {
                save(store, i);
            }
            await().until(() -> store.stats().wal().checkpoints() == 1);
            Checkpoint run = last(store);
            assertThat(run.byWriter()).isFalse();
            assertThat(run.blocked()).isFalse();
            assertThat(run.checkpointedBytes()).isGreaterThanOrEqualTo(CHECKPOINT_BYTES);
        }
    }

    @Test
    void readerThatNeverEndsLetsTheLogGrowAndDoesNotStopTheWriter() throws SQLException {
        try (SqliteStore store = SqliteStore.open(withRestartWait(Duration.ofMillis(50)));
                RawDatabase reader = new RawDatabase(file)) {
            save(store, 0);
            reader.execute("BEGIN");
            assertThat(reader.query("SELECT count(*) FROM candles")).containsExactly("1");
            int saved = 1;
            while (!wasBlocked(store)) {
                save(store, saved++);
            }
            assertThat(store.stats().wal().bytes()).isGreaterThanOrEqualTo(WAL_BYTES_MAX);
            reader.execute("COMMIT");
            while (store.stats().wal().bytes() >= WAL_BYTES_MAX) {
                save(store, saved++);
            }
            assertThat(CandleStoreContract.await(store.reader().extent(SERIES)).count())
                    .isEqualTo(saved);
        }
    }

    @Test
    void closingWithAReaderInTheWayKeepsTheLog() throws Exception {
        try (RawDatabase reader = new RawDatabase(file)) {
            try (SqliteStore store = SqliteStore.open(settings.withLockTimeout(Duration.ofMillis(100)))) {
                save(store, 0);
                reader.execute("BEGIN");
                assertThat(reader.query("SELECT count(*) FROM candles")).containsExactly("1");
                save(store, 1);
            }
            assertThat(Files.size(file.resolveSibling("market.db-wal"))).isPositive();
        }
        try (SqliteStore store = SqliteStore.open(settings)) {
            assertThat(CandleStoreContract.await(store.reader().extent(SERIES)).count())
                    .isEqualTo(2);
        }
    }

    private static boolean wasBlocked(SqliteStore store) {
        Checkpoint run = store.stats().wal().lastCheckpoint();
        return run != null && run.byWriter() && run.blocked();
    }

    private static Checkpoint last(SqliteStore store) {
        return Objects.requireNonNull(store.stats().wal().lastCheckpoint());
    }

    private static void save(SqliteStore store, int number) {
        CandleStoreContract.await(store.writer().save(List.of(unit(SERIES, candle(60L * number)))));
    }
}

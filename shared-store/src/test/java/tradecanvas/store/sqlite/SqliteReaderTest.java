package tradecanvas.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static tradecanvas.store.api.CandleStoreContract.candle;
import static tradecanvas.store.api.CandleStoreContract.failureOf;
import static tradecanvas.store.api.CandleStoreContract.unit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.CandleStoreContract;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreOverloadedException;

class SqliteReaderTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");
    private static final int QUEUE_MAX = 2;

    @TempDir
    Path directory;

    private final ConcurrentLinkedDeque<Connection> opened = new ConcurrentLinkedDeque<>();
    private final Semaphore opening = new Semaphore(1);
    private Path file;
    private SqliteStore store;
    private SqliteReader reader;

    @BeforeEach
    void open() throws SQLException {
        file = directory.resolve("market.db");
        store = SqliteStore.open(SqliteSettings.of(file));
        CandleStoreContract.await(store.writer().save(List.of(unit(SERIES, candle(60)))));
        SqliteConnections connections = new SqliteConnections(file, Duration.ofSeconds(5));
        reader = SqliteReader.open(() -> open(connections), new SqliteSettings.Reads(1, QUEUE_MAX));
    }

    private Connection open(SqliteConnections connections) throws SQLException {
        opening.acquireUninterruptibly();
        try {
            Connection connection = connections.openReadOnly();
            opened.add(connection);
            return connection;
        } finally {
            opening.release();
        }
    }

    @AfterEach
    void close() {
        reader.stopAccepting();
        assertThat(reader.awaitEnd(Deadline.in(Duration.ofSeconds(5)))).isTrue();
        store.close();
    }

    @Test
    void connectionIsKeptFromReadToRead() {
        CandleStoreContract.await(newest());
        CandleStoreContract.await(newest());
        assertThat(opened).hasSize(1);
    }

    @Test
    void brokenConnectionFailsOneReadAndIsOpenedAgain() throws SQLException {
        opened.getFirst().close();
        assertThat(failureOf(newest())).isInstanceOf(StoreException.class);
        assertThat(CandleStoreContract.await(newest()).head()).isEqualTo(60L);
        assertThat(opened).hasSize(2);
        assertThat(reader.stats().failed()).isEqualTo(1);
    }

    @Test
    void changedTableIsReadAgainOnceItIsBack() throws SQLException {
        try (RawDatabase other = new RawDatabase(file)) {
            other.execute("ALTER TABLE candles RENAME TO away");
            assertThat(failureOf(newest())).hasMessageContaining("candles");
            other.execute("ALTER TABLE away RENAME TO candles");
        }
        assertThat(CandleStoreContract.await(newest()).head()).isEqualTo(60L);
    }

    @Test
    void fullQueueRefusesReadsAndSkipsThoseThatWereCancelled() throws SQLException {
        opened.getFirst().close();
        failureOf(newest());
        opening.acquireUninterruptibly();
        CompletionStage<CandlePage> reading = newest();
        await().until(() -> opening.hasQueuedThreads() && reader.stats().waiting() == 0);
        CompletionStage<CandlePage> cancelled = newest();
        CompletionStage<CandlePage> waiting = newest();
        assertThat(reader.stats().waiting()).isEqualTo(QUEUE_MAX);
        assertThat(failureOf(newest()))
                .isInstanceOf(StoreOverloadedException.class)
                .hasMessage("2 reads wait, no more may");
        assertThat(reader.stats().refused()).isEqualTo(1);
        cancelled.toCompletableFuture().cancel(false);
        opening.release();
        assertThat(CandleStoreContract.await(reading)).isEqualTo(CandleStoreContract.await(waiting));
    }

    @Test
    void connectionCannotWrite() throws SQLException {
        try (Connection connection = new SqliteConnections(file, Duration.ofSeconds(5)).openReadOnly();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM candles"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("READONLY");
        }
    }

    @Test
    void fileInAnotherJournalModeIsRefused() throws SQLException {
        Path plain = directory.resolve("plain.db");
        try (RawDatabase other = new RawDatabase(plain)) {
            other.execute("CREATE TABLE anything (name TEXT)");
        }
        SqliteConnections connections = new SqliteConnections(plain, Duration.ofSeconds(5));
        assertThatThrownBy(connections::openReadOnly)
                .isInstanceOf(StoreException.class)
                .hasMessage("pragma journal_mode of SQLite file " + plain + " is delete, not wal");
    }

    private CompletionStage<CandlePage> newest() {
        return reader.newest(SERIES, 10);
    }
}

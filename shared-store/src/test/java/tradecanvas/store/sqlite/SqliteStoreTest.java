package tradecanvas.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.CandleStoreContract;
import tradecanvas.store.api.CandleWriter;
import tradecanvas.store.api.StoreException;

class SqliteStoreTest extends CandleStoreContract {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");

    @TempDir
    Path directory;

    private Path file;
    private SqliteStore store;

    @BeforeEach
    void open() {
        file = directory.resolve("not/there/yet/market.db");
        store = SqliteStore.open(SqliteSettings.of(file));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected CandleWriter writer() {
        return store.writer();
    }

    @Override
    protected CandleReader reader() {
        return store.reader();
    }

    @Test
    void idsAreKeptApartBehindTheirNulCharacter() {
        assertKeptApart(List.of(SeriesId.parse("a\0b:1m"), SeriesId.parse("a\0c:1m"), SeriesId.parse("a:1m")));
    }

    @Test
    void zeroLosesItsSignAsInEveryRealColumnOfSqlite() {
        await(writer().save(List.of(unit(SERIES, new Candle(60, -0.0, -0.0, -0.0, -0.0, -0.0)))));
        assertThat(await(reader().newest(SERIES, 1)).candles()).containsExactly(new Candle(60, 0, 0, 0, 0, 0));
    }

    @Test
    void closedStoreHasEverythingInTheFileAndRefusesWork() {
        save(SERIES, 60, 120);
        store.close();
        store.close();
        assertThat(file.resolveSibling("market.db-wal")).doesNotExist();
        assertThat(failureOf(writer().save(List.of(unit(SERIES, candle(180))))))
                .isInstanceOf(StoreException.class)
                .hasMessage("store is closed");
        assertThat(failureOf(reader().newest(SERIES, 1)))
                .isInstanceOf(StoreException.class)
                .hasMessage("store is closed");
    }

    @Test
    void openedAgainThroughALinkTheFileHoldsWhatWasSaved() throws Exception {
        save(SERIES, 60, 120);
        store.close();
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), file);
        store = SqliteStore.open(SqliteSettings.of(link));
        assertThat(times(await(reader().newest(SERIES, 10)).candles())).containsExactly(60L, 120L);
        assertThat(file.resolveSibling("market.db.lock")).exists();
        assertThat(directory.resolve("link.db.lock")).doesNotExist();
    }

    @Test
    void statsCountWhatWasWritten() {
        save(SERIES, 60, 120);
        save(SERIES, 180);
        SqliteStats stats = store.stats();
        assertThat(stats.writes().rowsWritten()).isEqualTo(3);
        assertThat(stats.writes().unitsWritten()).isEqualTo(2);
        assertThat(stats.writes().commits()).isEqualTo(2);
        assertThat(stats.writes().lastGroupUnits()).isEqualTo(1);
        assertThat(stats.writes().lastCommitNanos()).isPositive();
        assertThat(stats.writes().queuedRows()).isZero();
        assertThat(stats.writes().failedUnits()).isZero();
        assertThat(stats.reads()).isEqualTo(new SqliteStats.Reads(0, 0, 0));
    }
}

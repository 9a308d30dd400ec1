package tradecanvas.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.store.api.CandleStoreContract.await;
import static tradecanvas.store.api.CandleStoreContract.candle;
import static tradecanvas.store.api.CandleStoreContract.failureOf;
import static tradecanvas.store.api.CandleStoreContract.unit;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.StoreException;

/** Files that the predecessor of this store wrote, and will open again when the operators go back to it. */
class ReferenceFileTest {
    private static final SeriesId SERIES = SeriesId.parse("binance:futures:BTC/USDT:1m");

    private static final String MIGRATION_TABLE = """
            create table if not exists tc_schema_migrations(
              namespace text not null, version integer not null, applied_at_ms integer not null,
              primary key(namespace, version))""";
    private static final String CANDLE_TABLE = """
            create table if not exists candles (
              series_id text not null, candle_time integer not null, open real not null, high real not null,
              low real not null, close real not null, volume real not null, primary key (series_id, candle_time))""";
    private static final String CANDLE_INDEX =
            "create index if not exists idx_candles_series_time on candles(series_id, candle_time)";
    private static final String ROWS = """
            insert into candles values
              ('binance:futures:BTC/USDT:1m', 60, 100, 101, 99, 100, 7),
              ('binance:futures:BTC/USDT:1m', 120, 100.5, 101.25, 99.125, 100.0000005, 0)""";
    private static final String SCHEMA = "SELECT name || coalesce(sql, '') FROM sqlite_master ORDER BY name";

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("market.db");
    }

    @Test
    void fileWithItsMigrationsRecordedOpensUnchanged() throws SQLException {
        List<String> before;
        try (RawDatabase reference = new RawDatabase(file)) {
            reference.execute(MIGRATION_TABLE, CANDLE_TABLE, CANDLE_INDEX, ROWS);
            reference.execute("insert into tc_schema_migrations values ('candles', 1, 1600000000000)");
            before = reference.query(SCHEMA);
        }
        assertItsRowsAreRead();
        try (RawDatabase reference = new RawDatabase(file)) {
            assertThat(reference.query(SCHEMA)).isEqualTo(before);
            assertThat(reference.query("SELECT applied_at_ms FROM tc_schema_migrations"))
                    .containsExactly("1600000000000");
        }
    }

    @Test
    void fileFromBeforeMigrationsOpensAndGetsThemRecorded() throws SQLException {
        try (RawDatabase reference = new RawDatabase(file)) {
            reference.execute(CANDLE_TABLE, CANDLE_INDEX, ROWS);
        }
        assertItsRowsAreRead();
        try (RawDatabase reference = new RawDatabase(file)) {
            assertThat(reference.query("SELECT namespace || ' ' || version FROM tc_schema_migrations"))
                    .containsExactly("candles 1");
            assertThat(reference.query("SELECT count(*) FROM candles")).containsExactly("2");
        }
    }

    private void assertItsRowsAreRead() {
        try (SqliteStore store = SqliteStore.open(SqliteSettings.of(file))) {
            assertThat(await(store.reader().newest(SERIES, 10)).candles())
                    .containsExactly(
                            new Candle(60, 100, 101, 99, 100, 7),
                            new Candle(120, 100.5, 101.25, 99.125, 100.0000005, 0));
        }
    }

    @Test
    void referenceOpensAFileOfThisStore() throws SQLException {
        try (SqliteStore store = SqliteStore.open(SqliteSettings.of(file))) {
            await(store.writer().save(List.of(unit(SERIES, candle(60)))));
        }
        try (RawDatabase reference = new RawDatabase(file)) {
            List<String> before = reference.query(SCHEMA);
            reference.execute("PRAGMA journal_mode=WAL", MIGRATION_TABLE, CANDLE_TABLE, CANDLE_INDEX);
            assertThat(reference.query(SCHEMA)).isEqualTo(before);
            assertThat(reference.query("SELECT max(version) FROM tc_schema_migrations WHERE namespace = 'candles'"))
                    .containsExactly("1");
            reference.execute(ROWS + " on conflict(series_id, candle_time) do update set close = excluded.close");
            assertThat(reference.query("SELECT typeof(open) || typeof(candle_time) FROM candles"))
                    .containsOnly("realinteger");
        }
    }

    @Test
    void tableHasTheColumnsOfTheContractInTheirOrder() throws SQLException {
        SqliteStore.open(SqliteSettings.of(file)).close();
        try (RawDatabase reference = new RawDatabase(file)) {
            assertThat(reference.query("SELECT name || ' ' || type || ' ' || \"notnull\" || ' ' || pk"
                            + " FROM pragma_table_info('candles')"))
                    .containsExactly(
                            "series_id TEXT 1 1",
                            "candle_time INTEGER 1 2",
                            "open REAL 1 0",
                            "high REAL 1 0",
                            "low REAL 1 0",
                            "close REAL 1 0",
                            "volume REAL 1 0");
            assertThat(reference.query("SELECT name FROM pragma_index_info('idx_candles_series_time')"))
                    .containsExactly("series_id", "candle_time");
        }
    }

    @Test
    void valueThatNoCandleCanHaveFailsItsReadAndNoOther() throws SQLException {
        try (SqliteStore store = SqliteStore.open(SqliteSettings.of(file));
                RawDatabase reference = new RawDatabase(file)) {
            reference.execute(ROWS, "update candles set high = 9e999 where candle_time = 120");
            assertThat(failureOf(store.reader().newest(SERIES, 10)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("candle 120 holds a number that is not finite");
            assertThat(await(store.reader().range(SERIES, 60, 60, 10))).hasSize(1);
            assertThat(store.stats().reads().failed()).isEqualTo(1);
        }
    }
}

package tradecanvas.system.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.DatabaseFile;
import tradecanvas.system.process.TradeCanvas;

/** Files that pass between the reference implementation and this server, in both directions. */
class ReferenceFileIT {
    private static final String SERIES = "binance:futures:BTC/USDT:1m";
    private static final String MIGRATION_TABLE = """
            CREATE TABLE IF NOT EXISTS tc_schema_migrations (
              namespace TEXT NOT NULL, version INTEGER NOT NULL, applied_at_ms INTEGER NOT NULL,
              PRIMARY KEY (namespace, version))""";
    private static final String CANDLE_TABLE = """
            CREATE TABLE IF NOT EXISTS candles (
              series_id TEXT NOT NULL, candle_time INTEGER NOT NULL, open REAL NOT NULL, high REAL NOT NULL,
              low REAL NOT NULL, close REAL NOT NULL, volume REAL NOT NULL, PRIMARY KEY (series_id, candle_time))""";
    private static final String CANDLE_INDEX =
            "CREATE INDEX IF NOT EXISTS idx_candles_series_time ON candles(series_id, candle_time)";
    private static final String[] ROWS = {
        "INSERT INTO candles VALUES ('" + SERIES + "', 60, 100.0, 101.0, 99.0, 100.25, 7.0)",
        "INSERT INTO candles VALUES ('" + SERIES + "', 120, 100.25, 102.0, 100.0, 101.0000005, 0.0)"
    };
    private static final String SERVED =
            "[{\"candle_time\":60,\"open\":100.0,\"high\":101.0,\"low\":99.0,\"close\":100.25,\"volume\":7.0},"
                    + "{\"candle_time\":120,\"open\":100.25,\"high\":102.0,\"low\":100.0,\"close\":101.0000005,"
                    + "\"volume\":0.0}]";

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private TradeCanvas server;
    private SeriesApi series;

    @BeforeEach
    void prepare() {
        server = TradeCanvas.in(directory);
        series = new SeriesApi(new Api(http, server.http()), SERIES);
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void fileOfTheReferenceIsServedAndWrittenOnAndKeepsItsSchema() throws SQLException {
        List<String> schema;
        try (DatabaseFile reference = DatabaseFile.open(server.database())) {
            reference.execute("PRAGMA journal_mode=WAL", MIGRATION_TABLE, CANDLE_TABLE, CANDLE_INDEX);
            reference.execute(ROWS);
            reference.execute(
                    "INSERT INTO tc_schema_migrations VALUES ('candles', 1, 1600000000000)",
                    "INSERT INTO tc_schema_migrations VALUES ('factor', 1, 1600000000001)");
            schema = schema(reference);
        }

        server.start();
        assertServesTheRows();
        series.post(180);
        server.stop();

        try (DatabaseFile reference = DatabaseFile.open(server.database())) {
            assertThat(schema(reference)).isEqualTo(schema);
            assertThat(reference.query("SELECT * FROM tc_schema_migrations ORDER BY namespace"))
                    .containsExactly("candles 1 1600000000000", "factor 1 1600000000001");
            assertThat(reference.query("SELECT * FROM candles WHERE candle_time > 60 ORDER BY candle_time"))
                    .containsExactly(
                            SERIES + " 120 100.25 102.0 100.0 101.0000005 0.0",
                            SERIES + " 180 118.0 120.0 117.0 118.5 10.0");
        }
    }

    @Test
    void fileFromBeforeMigrationsIsServedAndGetsThemRecorded() throws SQLException {
        try (DatabaseFile reference = DatabaseFile.open(server.database())) {
            reference.execute(CANDLE_TABLE, CANDLE_INDEX);
            reference.execute(ROWS);
        }

        server.start();
        assertServesTheRows();
        server.stop();

        try (DatabaseFile reference = DatabaseFile.open(server.database())) {
            assertThat(reference.query("SELECT namespace, version FROM tc_schema_migrations"))
                    .containsExactly("candles 1");
        }
    }

    @Test
    void newFileHasTheSchemaThatTheReferenceWouldCreate() throws SQLException {
        server.start();
        series.post(60);
        server.stop();

        try (DatabaseFile reference = DatabaseFile.open(directory.resolve("reference.db"));
                DatabaseFile ours = DatabaseFile.open(server.database())) {
            reference.execute(MIGRATION_TABLE, CANDLE_TABLE, CANDLE_INDEX);
            assertThat(schema(ours)).containsAll(schema(reference));
            assertThat(ours.query("PRAGMA journal_mode")).containsExactly("wal");
            ours.execute(MIGRATION_TABLE, CANDLE_TABLE, CANDLE_INDEX); // as the reference does at its start
            ours.execute("INSERT INTO candles VALUES ('" + SERIES + "', 60, 1, 2, 0.5, 1.5, 3)"
                    + " ON CONFLICT(series_id, candle_time) DO UPDATE SET close = excluded.close");
            assertThat(ours.query("SELECT close FROM candles")).containsExactly("1.5");
        }
    }

    private void assertServesTheRows() {
        assertThat(series.api().get("api/market/candles?series_id=" + SERIES).body())
                .endsWith(",\"server_head_time\":120,\"candles\":" + SERVED + "}");
        try (MarketSocket socket = MarketSocket.connect(http, server.marketSocket())) {
            socket.subscribe(SERIES, 0L, true);
            assertThat(socket.next())
                    .isEqualTo(
                            "{\"type\":\"candles_batch\",\"series_id\":\"" + SERIES + "\",\"candles\":" + SERVED + "}");
        }
    }

    /** Tables, columns, keys and indexes, as SQLite itself understood them. */
    private static List<String> schema(DatabaseFile file) throws SQLException {
        return file.query("""
                SELECT 'column ' || t.name || ' ' || c.cid || ' ' || c.name || ' ' || c.type || ' notnull '
                       || c."notnull" || ' pk ' || c.pk || ' default ' || coalesce(c.dflt_value, 'none')
                  FROM sqlite_master t JOIN pragma_table_info(t.name) c
                 WHERE t.name IN ('candles', 'tc_schema_migrations')
                UNION ALL
                SELECT 'index ' || t.name || ' ' || i.name || ' unique ' || i."unique" || ' ' || k.seqno || ' ' || k.name
                  FROM sqlite_master t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) k
                 WHERE t.name IN ('candles', 'tc_schema_migrations')
                 ORDER BY 1""");
    }
}

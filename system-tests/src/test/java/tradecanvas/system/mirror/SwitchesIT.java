package tradecanvas.system.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tradecanvas.store.servers.TestServers;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.IngestWorker;
import tradecanvas.system.process.PostgresDatabase;
import tradecanvas.system.process.ReadApi;
import tradecanvas.system.process.RoleProcess;
import tradecanvas.system.process.TradeCanvas;

/**
 * Every combination of the three switches, in one process and in two. Where a row was read tells which store answered:
 * PostgreSQL also holds one that SQLite does not have.
 */
class SwitchesIT {
    private static final String SERIES = "test:switches:X:1m";
    private static final String CANDLES = "api/market/candles?series_id=" + SERIES;
    private static final long ONLY_IN_POSTGRES = 60;
    private static final long POSTED = 120;

    @TempDir
    Path directory;

    private PostgresDatabase database;

    @BeforeEach
    void create() throws SQLException {
        database = PostgresDatabase.create(TestServers.postgresDsn());
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    @ParameterizedTest(name = "PG_STORE={0} DUAL_WRITE={1} PG_READ={2}")
    @CsvSource({"0,0,0", "1,0,0", "1,1,0", "1,0,1", "1,1,1"})
    void oneProcess(String store, String dualWrite, String read) throws SQLException {
        try (TradeCanvas server =
                set(TradeCanvas.in(directory), store, dualWrite, read).start()) {
            Api api = new Api(HttpClient.newHttpClient(), server.http());
            assertBehaves(api, api, store, dualWrite, read);
        }
    }

    @ParameterizedTest(name = "PG_STORE={0} DUAL_WRITE={1} PG_READ={2}")
    @CsvSource({"0,0,0", "1,0,0", "1,1,0", "1,0,1", "1,1,1"})
    void twoProcesses(String store, String dualWrite, String read) throws SQLException {
        try (IngestWorker worker = set(IngestWorker.in(directory.resolve("worker")), store, dualWrite, read)
                        .start();
                ReadApi reads = set(ReadApi.in(directory.resolve("reads"), worker.internal()), store, dualWrite, read)
                        .start()) {
            HttpClient http = HttpClient.newHttpClient();
            assertBehaves(new Api(http, worker.http()), new Api(http, reads.http()), store, dualWrite, read);
        }
    }

    @Test
    void switchedOffAgainReadsReturnToSqliteWithoutAnyStepAndOnAgainTheMirrorCatchesUp() throws SQLException {
        TradeCanvas server = TradeCanvas.in(directory);
        try (server) {
            set(server, "1", "1", "1").start();
            Api api = new Api(HttpClient.newHttpClient(), server.http());
            SeriesApi series = new SeriesApi(api, SERIES);
            series.post(60);
            server.stop();

            set(server, "0", "0", "0").start();
            series.post(120);
            assertThat(times(api)).containsExactly(60L, 120L);
            server.stop();

            set(server, "1", "1", "0").start();
            series.post(180);
            MirroredServer.awaitMirrored(api);
            assertThat(database.query("SELECT candle_time FROM candles ORDER BY 1"))
                    .as("what was written in between is the backfill's")
                    .containsExactly("60", "180");
        }
    }

    private void assertBehaves(Api writes, Api reads, String store, String dualWrite, String read) throws SQLException {
        if (store.equals("1")) {
            database.execute("INSERT INTO candles VALUES ('" + SERIES + "', " + ONLY_IN_POSTGRES + ", 1, 1, 1, 1, 1)");
        }
        new SeriesApi(writes, SERIES).post(POSTED);
        List<Long> expected = new ArrayList<>();
        if (read.equals("1")) {
            expected.add(ONLY_IN_POSTGRES);
        }
        if (read.equals("0") || dualWrite.equals("1")) {
            expected.add(POSTED);
        }
        // a process that has just started asks SQLite until it knows that PostgreSQL may answer
        await().untilAsserted(() -> assertThat(times(reads)).isEqualTo(expected));
        if (store.equals("1")) {
            assertThat(database.query("SELECT candle_time FROM candles ORDER BY 1"))
                    .isEqualTo(dualWrite.equals("1") ? List.of("60", "120") : List.of("60"));
        } else {
            assertThat(database.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                    .containsExactly("0");
        }
    }

    private <P extends RoleProcess<P>> P set(P process, String store, String dualWrite, String read) {
        return process.withOpenGates()
                .with("TRADE_CANVAS_POSTGRES_DSN", database.dsn())
                .with("TRADE_CANVAS_ENABLE_PG_STORE", store)
                .with("TRADE_CANVAS_ENABLE_DUAL_WRITE", dualWrite)
                .with("TRADE_CANVAS_ENABLE_PG_READ", read);
    }

    private static List<Long> times(Api api) {
        List<Long> times = new ArrayList<>();
        api.get(CANDLES)
                .json()
                .get("candles")
                .forEach(candle -> times.add(candle.get("candle_time").asLong()));
        return times;
    }
}

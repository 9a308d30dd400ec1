package tradecanvas.system.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.store.servers.TestServers;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.PostgresDatabase;
import tradecanvas.system.process.TradeCanvas;

class MirrorContentIT {
    private static final String SERIES = "test:mirror:content:1m";
    private static final String POISON = "test:mirror:po\\u0000ison:1m";

    @TempDir
    Path directory;

    private PostgresDatabase database;
    private TradeCanvas server;
    private Api api;

    @BeforeEach
    void start() throws SQLException {
        database = PostgresDatabase.create(TestServers.postgresDsn());
        server = MirroredServer.in(directory, database.dsn()).start();
        api = MirroredServer.api(server);
    }

    @AfterEach
    void stop() throws SQLException {
        server.close();
        database.close();
    }

    @Test
    void rowsOfTheMirrorWithOtherValuesAreOverwritten() throws SQLException {
        database.execute("INSERT INTO candles SELECT '" + SERIES
                + "', 60 * i, 1, 2, 3, -0.0, 5 FROM generate_series(1, 2000) AS i");
        new SeriesApi(api, SERIES).postBatch(60, 2_000);
        MirroredServer.awaitMirrored(api);
        Stores.assertEqual(server.database(), database);
    }

    @Test
    void rowThatPostgresRefusesIsQuarantinedShownAndStillReadAndBlocksNothing() throws SQLException {
        SeriesApi series = new SeriesApi(api, SERIES);
        series.post(60);
        assertThat(api.post(
                                "api/market/ingest/candle_closed",
                                "{\"series_id\":\"" + POISON + "\",\"candle\":" + Api.candle(60) + "}")
                        .status())
                .isEqualTo(200);
        series.post(120);
        MirroredServer.awaitMirrored(api);
        assertThat(MirroredServer.mirror(api).get("quarantined").asLong()).isEqualTo(1);
        assertThat(database.query("SELECT series_id, candle_time FROM candles ORDER BY candle_time"))
                .containsExactly(SERIES + " 60", SERIES + " 120");
        assertThat(api.get("api/market/candles?series_id=test:mirror:po%00ison:1m")
                        .json()
                        .get("server_head_time")
                        .asLong())
                .isEqualTo(60);
        assertThat(api.get("q/metrics").body()).contains("tradecanvas_mirror_quarantine 1.0");
        assertThat(api.get("q/health/ready").json().toString()).contains("\"quarantined_series\":1");
    }

    @Test
    void poisonAndLoadTogetherEndInEqualStoresButForThePoison() throws Exception {
        try (MirrorLoad load = MirrorLoad.on(api, "poison", 4)) {
            for (int i = 1; i <= 20; i++) {
                api.post(
                        "api/market/ingest/candle_closed",
                        "{\"series_id\":\"" + POISON + "\",\"candle\":" + Api.candle(60L * i) + "}");
                Thread.sleep(Duration.ofMillis(50));
            }
            load.end();
            assertThat(load.complaints()).isEmpty();
        }
        MirroredServer.awaitMirrored(api);
        assertThat(MirroredServer.mirror(api).get("quarantined").asLong()).isEqualTo(20);
        var truth = Stores.sqlite(server.database());
        truth.keySet().removeIf(key -> key.indexOf('\0') >= 0);
        assertThat(Stores.postgres(database)).isEqualTo(truth);
    }

    @Test
    void extremeTimesAndValuesAreTheSameInBothStores() throws SQLException {
        for (String candle : new String[] {
            "{\"candle_time\":0,\"open\":5e-324,\"high\":1.7976931348623157e308,\"low\":-1.7976931348623157e308,"
                    + "\"close\":-0.0,\"volume\":0.0000005}",
            "{\"candle_time\":-60,\"open\":2.5e-6,\"high\":100.1000005,\"low\":0.1,\"close\":1e15,\"volume\":0}",
            "{\"candle_time\":4000000000000,\"open\":1,\"high\":1,\"low\":1,\"close\":9007199254740993,\"volume\":1}"
        }) {
            assertThat(api.post(
                                    "api/market/ingest/candle_closed",
                                    "{\"series_id\":\"" + SERIES + "\",\"candle\":" + candle + "}")
                            .status())
                    .isEqualTo(200);
        }
        MirroredServer.awaitMirrored(api);
        await().untilAsserted(() -> Stores.assertEqual(server.database(), database));
    }
}

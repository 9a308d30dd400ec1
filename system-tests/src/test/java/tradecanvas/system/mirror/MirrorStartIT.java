package tradecanvas.system.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.store.servers.ServiceInstance;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.PostgresDatabase;
import tradecanvas.system.process.TradeCanvas;

/** What a worker does whose PostgreSQL is not there when it starts. */
class MirrorStartIT {
    private static final String SERIES = "test:start:X:1m";

    private static ServiceInstance services;

    @TempDir
    Path directory;

    @BeforeAll
    static void startServices() {
        services = ServiceInstance.up("mirror-faults");
    }

    @AfterAll
    static void stopServices() {
        services.close();
    }

    @Test
    void databaseThatWasNeverReachedStopsTheStart() {
        try (TradeCanvas server =
                MirroredServer.in(directory, "postgresql://u:secret@127.0.0.1:" + TradeCanvas.freePort() + "/db")) {
            assertThat(server.launch().awaitEnd()).isNotZero();
            assertThat(server.log())
                    .contains("Connection to 127.0.0.1:")
                    .contains("refused")
                    .doesNotContain("secret")
                    .doesNotContain("ready http");
        }
    }

    @Test
    void databaseThatHangsStopsTheFirstStartInTime() throws SQLException {
        try (PostgresDatabase database = PostgresDatabase.create(services.postgresDsn());
                TradeCanvas server = MirroredServer.in(directory, database.dsn())
                        .with("TRADE_CANVAS_POSTGRES_CONNECT_TIMEOUT_S", "1")) {
            services.pausePostgres();
            try {
                assertThat(server.launch().awaitEnd()).isNotZero();
                assertThat(server.log()).doesNotContain("ready http");
            } finally {
                services.resumePostgres();
            }
        }
    }

    @Test
    void workerThatWasMirroredBeforeStartsWithoutItsMirrorAndCatchesUp() throws SQLException {
        try (PostgresDatabase database = PostgresDatabase.create(services.postgresDsn());
                TradeCanvas server = MirroredServer.in(directory, database.dsn())) {
            server.start();
            Api api = MirroredServer.api(server);
            SeriesApi series = new SeriesApi(api, SERIES);
            series.post(60);
            server.stop();
            services.stopPostgres();

            server.start();
            series.post(120);
            assertThat(api.get("api/market/candles?limit=1&series_id=" + SERIES)
                            .json()
                            .get("server_head_time")
                            .asLong())
                    .isEqualTo(120);
            assertThat(MirroredServer.mirror(api).get("state").asText()).isEqualTo("down");
            assertThat(api.get("q/health/ready").status()).isEqualTo(200);

            services.startPostgres();
            MirroredServer.awaitMirrored(api);
            Stores.assertEqual(server.database(), database);
        }
    }

    @Test
    void secondTruthTakesTheMirrorOverAndTheFirstStopsWriting() throws SQLException {
        try (PostgresDatabase database = PostgresDatabase.create(services.postgresDsn());
                TradeCanvas first = MirroredServer.in(directory.resolve("first"), database.dsn())
                        .start();
                TradeCanvas second = MirroredServer.in(directory.resolve("second"), database.dsn())
                        .start()) {
            Api atFirst = MirroredServer.api(first);
            Api atSecond = MirroredServer.api(second);
            MirroredServer.awaitMirrored(atSecond);
            new SeriesApi(atFirst, SERIES).post(60);
            new SeriesApi(atSecond, SERIES).post(120);
            MirroredServer.awaitMirrored(atSecond);
            assertThat(MirroredServer.mirror(atFirst).get("state").asText()).isEqualTo("fenced");
            assertThat(database.query("SELECT candle_time FROM candles")).containsExactly("120");
            assertThat(atFirst.get("api/market/candles?series_id=" + SERIES)
                            .json()
                            .get("server_head_time")
                            .asLong())
                    .as("the first one's reads come from its own truth")
                    .isEqualTo(60);
        }
    }
}

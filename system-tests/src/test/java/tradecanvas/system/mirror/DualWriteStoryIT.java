package tradecanvas.system.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.store.servers.TestServers;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.process.DatabaseFile;
import tradecanvas.system.process.PostgresDatabase;
import tradecanvas.system.process.TradeCanvas;

/** The three candles of the story, on both stores, with TimescaleDB and with plain PostgreSQL. */
class DualWriteStoryIT {
    private static final String SERIES = "binance:futures:BTC/USDT:1m";
    private static final String NEWEST =
            "{\"candle_time\":1700000120,\"open\":101.2,\"high\":103.0,\"low\":101.0,\"close\":102.4,\"volume\":12.0}";
    private static final String HEAD = "SELECT max(candle_time) FROM candles WHERE series_id = '" + SERIES + "'";

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

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void candleIsTheSameOnTheSocketInBothStoresAndInTheReadFromPostgres(String timescale) throws SQLException {
        try (TradeCanvas server = MirroredServer.in(directory, database.dsn())
                .with("TRADE_CANVAS_POSTGRES_TIMESCALE", timescale)
                .start()) {
            Api api = MirroredServer.api(server);
            MirroredServer.awaitMirrored(api);
            post(
                    api,
                    "{\"candle_time\":1700000000,\"open\":100,\"high\":101,\"low\":99,\"close\":100.5,\"volume\":10}");
            post(
                    api,
                    "{\"candle_time\":1700000060,\"open\":100.5,\"high\":102,\"low\":100,\"close\":101.2,\"volume\":11}");
            try (MarketSocket socket = MarketSocket.connect(HttpClient.newHttpClient(), server.marketSocket())) {
                socket.subscribe(SERIES, 1700000060L, true);
                assertThat(socket.untilNow()).isEmpty();
                post(api, NEWEST);
                assertThat(socket.next())
                        .isEqualTo("{\"type\":\"candle_closed\",\"series_id\":\"" + SERIES + "\",\"candle\":" + NEWEST
                                + "}");
                assertThat(socket.untilNow()).isEmpty();
            }
            assertThat(api.get("api/market/candles?series_id=" + SERIES + "&since=1700000060")
                            .body())
                    .isEqualTo("{\"series_id\":\"" + SERIES + "\",\"server_head_time\":1700000120,\"candles\":["
                            + NEWEST + "]}");
            assertThat(api.get("q/metrics").body())
                    .containsPattern("tradecanvas_reads_routed_total\\{reason=\"current\",source=\"mirror\"\\} [1-9]");
            assertThat(database.query(HEAD)).containsExactly("1700000120");
            try (DatabaseFile file = DatabaseFile.openReadOnly(server.database())) {
                assertThat(file.query(HEAD)).containsExactly("1700000120");
            }
            Stores.assertEqual(server.database(), database);
            assertThat(database.query("SELECT count(*) FROM pg_extension WHERE extname = 'timescaledb'"))
                    .containsExactly(timescale.equals("on") ? "1" : "0");
        }
    }

    private static void post(Api api, String candle) {
        assertThat(api.post(
                                "api/market/ingest/candle_closed",
                                "{\"series_id\":\"" + SERIES + "\",\"candle\":" + candle + "}")
                        .status())
                .isEqualTo(200);
    }
}

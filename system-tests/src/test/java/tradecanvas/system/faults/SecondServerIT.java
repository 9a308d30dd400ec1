package tradecanvas.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.TradeCanvas;

class SecondServerIT {
    private static final String SERIES = "test:spot:shared:1m";

    @TempDir
    Path directory;

    @Test
    void oneFileHasOneServerAndTheNextMayHaveItOnceThatIsKilled() {
        HttpClient http = HttpClient.newHttpClient();
        try (TradeCanvas first = TradeCanvas.in(directory.resolve("first")).start();
                TradeCanvas second = TradeCanvas.in(directory.resolve("second"))
                        .with("TRADE_CANVAS_DB_PATH", first.database().toString())) {
            SeriesApi series = new SeriesApi(new Api(http, first.http()), SERIES);
            try (MarketSocket socket = MarketSocket.connect(http, first.marketSocket())) {
                socket.subscribe(SERIES, null, true);
                series.post(60);

                assertThat(second.launch().awaitEnd()).isNotZero();
                assertThat(second.log())
                        .contains("is in use by process " + first.pid())
                        .contains("market.db.lock")
                        .doesNotContain("ready http");

                series.post(120);
                assertThat(socket.next()).contains("\"candle_time\":60,");
                assertThat(socket.next()).contains("\"candle_time\":120,");
                assertThat(socket.isClosed()).isFalse();
            }

            first.kill();
            second.start();
            assertThat(new SeriesApi(new Api(http, second.http()), SERIES).stored(0))
                    .hasSize(2);
        }
    }
}

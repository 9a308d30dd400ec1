package tradecanvas.system.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.TradeCanvas;

class HttpVersionIT {
    private static final String SERIES = "test:spot:long:1m";
    private static final int CANDLES = 1500;
    private static final int CONNECTIONS = 30;

    @TempDir
    Path directory;

    @Test
    void longAnswerIsWholeOnAConnectionThatOffersHttp2() {
        try (TradeCanvas server = TradeCanvas.in(directory).withOpenGates().start()) {
            new SeriesApi(new Api(HttpClient.newHttpClient(), server.http()), SERIES).postBatch(60, CANDLES);
            for (int i = 0; i < CONNECTIONS; i++) {
                try (HttpClient offersHttp2 = HttpClient.newHttpClient()) {
                    assertThat(new SeriesApi(new Api(offersHttp2, server.http()), SERIES).stored(0))
                            .hasSize(CANDLES);
                }
            }
        }
    }
}

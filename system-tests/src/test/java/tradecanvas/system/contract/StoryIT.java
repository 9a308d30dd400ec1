package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;

class StoryIT {
    private static final String SERIES = "binance:futures:BTC/USDT:1m";
    private static final String NEWEST =
            "{\"candle_time\":1700000120,\"open\":101.2,\"high\":103.0,\"low\":101.0,\"close\":102.4,\"volume\":12.0}";

    @Test
    void postedCandleReachesTheWatcherOnceAndIsTheLastOneRead() {
        Api api = SharedServer.api();
        post(api, "{\"candle_time\":1700000000,\"open\":100,\"high\":101,\"low\":99,\"close\":100.5,\"volume\":10}");
        post(api, "{\"candle_time\":1700000060,\"open\":100.5,\"high\":102,\"low\":100,\"close\":101.2,\"volume\":11}");
        try (MarketSocket socket = SharedServer.socket()) {
            socket.subscribe(SERIES, 1700000060L, true);
            assertThat(socket.untilNow()).isEmpty();

            post(api, NEWEST);

            assertThat(socket.next())
                    .isEqualTo(
                            "{\"type\":\"candle_closed\",\"series_id\":\"" + SERIES + "\",\"candle\":" + NEWEST + "}");
            assertThat(socket.untilNow()).isEmpty();
            assertThat(api.get("api/market/candles?series_id=" + SERIES + "&since=1700000060")
                            .body())
                    .isEqualTo("{\"series_id\":\"" + SERIES + "\",\"server_head_time\":1700000120,\"candles\":["
                            + NEWEST + "]}");
        }
    }

    private static void post(Api api, String candle) {
        assertThat(api.post(
                                "api/market/ingest/candle_closed",
                                "{\"series_id\":\"" + SERIES + "\",\"candle\":" + candle + "}")
                        .body())
                .startsWith("{\"ok\":true");
    }
}

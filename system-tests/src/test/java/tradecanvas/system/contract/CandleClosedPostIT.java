package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.system.contract.Wire.accepted;
import static tradecanvas.system.contract.Wire.page;
import static tradecanvas.system.contract.Wire.post;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.Api;

class CandleClosedPostIT {
    private final Api api = SharedServer.api();
    private final String series = SharedServer.series();

    @Test
    void answerEchoesSeriesAndTime() {
        Api.Answer answer = api.post(Wire.POST_CLOSED, post(series, 100));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("{\"ok\":true,\"series_id\":\"" + series + "\",\"candle_time\":100}");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -60, 1, 1_700_000_000, 253_402_300_800L, Long.MAX_VALUE, Long.MIN_VALUE})
    void anyTimeIsStored(long time) {
        assertThat(api.post(Wire.POST_CLOSED, post(series, time)).body()).isEqualTo(accepted(series, time));

        assertThat(read()).isEqualTo(page(series, time, time));
    }

    @Test
    void candleThatCannotBeInAMarketIsStoredAsItIs() {
        String candle = "{\"candle_time\":7,\"open\":-1.5,\"high\":-9.0,\"low\":9.0,\"close\":0.0,\"volume\":-3.0}";

        assertThat(api.post(Wire.POST_CLOSED, post(series, candle)).status()).isEqualTo(200);

        assertThat(read())
                .isEqualTo("{\"series_id\":\"" + series + "\",\"server_head_time\":7,\"candles\":[" + candle + "]}");
    }

    @Test
    void fieldsMayComeInAnyOrderWithUnknownOnesAmongThem() {
        String body = "{\"x\":[{}],\"candle\":{\"volume\":10,\"close\":110.5,\"y\":null,\"low\":109,\"high\":112,"
                + "\"open\":110,\"candle_time\":100},\"series_id\":\"" + series + "\",\"z\":\"é\"}";

        assertThat(api.post(Wire.POST_CLOSED, body).body()).isEqualTo(accepted(series, 100));
        assertThat(read()).isEqualTo(page(series, 100L, 100));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100 | 110",
                "100.0 | 110.0",
                "1e2 | 1.1e2",
                "1E+2 | 1100E-1",
                "\"100\" | \"110\"",
                "\"100.0\" | \"110.0\"",
                "\" 100 \" | \" 110 \"",
                "\"+100\" | \"1.1e2\"",
            })
    void numbersAreReadLeniently(String time, String open) {
        String candle = "{\"candle_time\":" + time + ",\"open\":" + open
                + ",\"high\":112,\"low\":109,\"close\":110.5,\"volume\":10}";

        assertThat(api.post(Wire.POST_CLOSED, post(series, candle)).body()).isEqualTo(accepted(series, 100));
        assertThat(read()).isEqualTo(page(series, 100L, 100));
    }

    @Test
    void sameTimeAgainOverwritesInPlace() {
        api.postClosed(series, 100);
        api.postClosed(series, 160);
        String corrected = "{\"candle_time\":100,\"open\":1.0,\"high\":2.0,\"low\":0.5,\"close\":1.5,\"volume\":3.0}";

        for (int i = 0; i < 2; i++) {
            assertThat(api.post(Wire.POST_CLOSED, post(series, corrected)).body())
                    .isEqualTo(accepted(series, 100));
        }

        assertThat(read())
                .isEqualTo("{\"series_id\":\"" + series + "\",\"server_head_time\":160,\"candles\":[" + corrected + ","
                        + Api.candle(160) + "]}");
    }

    @Test
    void candlesMayArriveInAnyOrder() {
        for (long time : new long[] {220, 100, 280, 160}) {
            assertThat(api.postClosed(series, time).status()).isEqualTo(200);
        }

        assertThat(read()).isEqualTo(page(series, 280L, 100, 160, 220, 280));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1m", "x:5m", "a:b:c:1m", "::: 15m ", "x:y:BTC/USDT:USDT:4h", "x:y:z:12345d", "é:日本:🚀:1d"})
    void idIsAcceptedWhereItsLastPartIsATimeframe(String id) {
        assertThat(api.post(Wire.POST_CLOSED, post(id, 100)).body()).isEqualTo(accepted(id, 100));

        assertThat(api.get("api/market/candles?series_id=" + Api.encode(id)).body())
                .isEqualTo(page(id, 100L, 100));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "foo | unsupported timeframe unit: 'o'",
                "a:b:c:1w | unsupported timeframe unit: 'w'",
                "a:b:c:1M | unsupported timeframe unit: 'M'",
                "a:b:c:m | invalid timeframe: 'm'",
                "a:b:c:0m | invalid timeframe: '0m'",
                "a:b:c:-1h | invalid timeframe: '-1h'",
                "a:b:c:1.5m | invalid timeframe: '1.5m'",
                "a:b:c:99999999999999999999d | invalid timeframe: '99999999999999999999d'",
                "1m: | empty timeframe",
                "`` | empty timeframe",
            })
    void idWithoutATimeframeIsRefusedBeforeTheStore(String id, String reason) {
        Api.Answer answer = api.post(Wire.POST_CLOSED, post(id, 100));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body())
                .isEqualTo("{\"detail\":[{\"type\":\"value_error\",\"loc\":[\"body\",\"series_id\"],"
                        + "\"msg\":\"Value error, " + reason + "\",\"input\":\"" + id + "\"}]}");
    }

    private String read() {
        return api.get("api/market/candles?series_id=" + series).body();
    }
}

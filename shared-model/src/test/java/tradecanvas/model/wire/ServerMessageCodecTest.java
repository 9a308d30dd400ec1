package tradecanvas.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tradecanvas.model.candle.Candle;

class ServerMessageCodecTest {
    private static final String SERIES = "binance:futures:BTC/USDT:1m";
    private static final Candle CANDLE = new Candle(1700000120, 101.2, 103, 101, 102.4, 12);
    private static final String CANDLE_JSON =
            "{\"candle_time\":1700000120,\"open\":101.2,\"high\":103.0,\"low\":101.0,\"close\":102.4,\"volume\":12.0}";

    @Test
    void closedAndFormingCarryOneCandle() {
        assertThat(json(new ServerMessage.CandleClosed(SERIES, CANDLE)))
                .isEqualTo(
                        "{\"type\":\"candle_closed\",\"series_id\":\"" + SERIES + "\",\"candle\":" + CANDLE_JSON + "}");
        assertThat(json(new ServerMessage.CandleForming(SERIES, CANDLE)))
                .isEqualTo("{\"type\":\"candle_forming\",\"series_id\":\"" + SERIES + "\",\"candle\":" + CANDLE_JSON
                        + "}");
    }

    @Test
    void batchCarriesAnArray() {
        assertThat(json(new ServerMessage.CandlesBatch("a:1m", List.of(CANDLE, CANDLE))))
                .isEqualTo("{\"type\":\"candles_batch\",\"series_id\":\"a:1m\",\"candles\":[" + CANDLE_JSON + ","
                        + CANDLE_JSON + "]}");
    }

    @Test
    void gapNamesBothTimes() {
        assertThat(json(new ServerMessage.Gap("a:1m", 160, 220)))
                .isEqualTo("{\"type\":\"gap\",\"series_id\":\"a:1m\",\"expected_next_time\":160,\"actual_time\":220}");
    }

    @Test
    void systemNoticeKeepsItsText() {
        assertThat(json(new ServerMessage.SystemNotice(
                        "a:1m", "factor.rebuild", "因子口径更新，已自动完成历史重算", Map.of("series_id", "a:1m"))))
                .isEqualTo("{\"type\":\"system\",\"series_id\":\"a:1m\",\"event\":\"factor.rebuild\","
                        + "\"message\":\"因子口径更新，已自动完成历史重算\",\"data\":{\"series_id\":\"a:1m\"}}");
    }

    @Test
    void refusalNamesTheSeriesOnlyWhereItIsAboutOne() {
        assertThat(json(ServerMessage.Refusal.badRequest("invalid since")))
                .isEqualTo("{\"type\":\"error\",\"code\":\"bad_request\",\"message\":\"invalid since\"}");
        assertThat(json(ServerMessage.Refusal.badSeries("fo\"o")))
                .isEqualTo("{\"type\":\"error\",\"code\":\"bad_request\",\"message\":\"invalid series_id\","
                        + "\"series_id\":\"fo\\\"o\"}");
    }

    private static String json(ServerMessage message) {
        return new String(ServerMessageCodec.encode(message), StandardCharsets.UTF_8);
    }
}

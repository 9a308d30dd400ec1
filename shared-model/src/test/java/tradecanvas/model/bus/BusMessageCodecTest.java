package tradecanvas.model.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

class BusMessageCodecTest {
    private static final BusSource SOURCE = BusSource.worker("0f8fad5b-d9cb-469f-a165-70867728950e", 7);
    private static final SeriesId SERIES = SeriesId.parse("binance:futures:BTC/USDT:1m");
    private static final String HEAD = "{\"version\":1,\"source\":\"000000070f8fad5bd9cb469fa1657086\"";

    @Test
    void closedCandleHasTheContractsEnvelope() {
        assertThat(event(new FeedEvent.Closed(SERIES, candle(60))))
                .isEqualTo(HEAD + ",\"series_id\":\"binance:futures:BTC/USDT:1m\",\"event_type\":\"candle_closed\","
                        + "\"payload\":{\"candle\":{\"candle_time\":60,\"open\":1.0,\"high\":2.0,\"low\":0.5,"
                        + "\"close\":1.5,\"volume\":10.0}}}");
    }

    @Test
    void batchCarriesAllItsCandles() {
        assertThat(event(new FeedEvent.ClosedBatch(SERIES, List.of(candle(60), candle(120)))))
                .contains("\"event_type\":\"candles_batch\",\"payload\":{\"candles\":[{\"candle_time\":60,")
                .endsWith("\"volume\":10.0}]}}");
    }

    @Test
    void formingCandleIsNamedSo() {
        assertThat(event(new FeedEvent.Forming(SERIES, candle(60)))).contains("\"event_type\":\"candle_forming\"");
    }

    @Test
    void everythingButPrintableAsciiIsEscaped() {
        SeriesId series = SeriesId.parse("交易:\uD83D\uDE00\u007f\"\\:1m");
        String text = event(new FeedEvent.SystemNotice(series, "factor.rebuild", "因\n\u0001", Map.of("k", "é")));
        assertThat(text)
                .contains("\"series_id\":\"\\u4ea4\\u6613:\\ud83d\\ude00\\u007f\\\"\\\\:1m\"")
                .endsWith("\"event_type\":\"system\",\"payload\":{\"event\":\"factor.rebuild\","
                        + "\"message\":\"\\u56e0\\n\\u0001\",\"data\":{\"k\":\"\\u00e9\"}}}");
        assertThat(text).matches("\\p{ASCII}+");
    }

    @Test
    void noticeWithoutDataHasAnEmptyObject() {
        assertThat(event(new FeedEvent.SystemNotice(SERIES, "e", "m", Map.of())))
                .endsWith("\"data\":{}}}");
    }

    @Test
    void probeIsABatchWithoutCandles() {
        assertThat(text(new BusMessage.Probe(new BusSource("gateway-1"))))
                .isEqualTo("{\"version\":1,\"source\":\"gateway-1\",\"series_id\":\"probe\","
                        + "\"event_type\":\"candles_batch\",\"payload\":{\"candles\":[]}}");
    }

    @Test
    void heartbeatTellsThePosition() {
        assertThat(text(new BusMessage.Heartbeat(SOURCE, 12, 1_700_000_000_000L)))
                .isEqualTo(HEAD + ",\"event_type\":\"heartbeat\","
                        + "\"payload\":{\"position\":12,\"sent_at_ms\":1700000000000}}");
    }

    private static String event(FeedEvent event) {
        return text(new BusMessage.Event(SOURCE, event));
    }

    private static String text(BusMessage message) {
        return new String(BusMessageCodec.encode(message), StandardCharsets.UTF_8);
    }

    private static Candle candle(long time) {
        return new Candle(time, 1, 2, 0.5, 1.5, 10);
    }
}

package tradecanvas.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.wire.ServerMessage;
import tradecanvas.model.wire.ServerMessageCodec;

class CandleTimesTest {
    @Test
    void aBatchGivesEachTimeInItsOrder() {
        List<Candle> candles = new CandleSource("binance:futures:BTC/USDT:1m").next(3);
        byte[] message = ServerMessageCodec.encode(new ServerMessage.CandlesBatch("s", candles));

        assertThat(times(message))
                .containsExactlyElementsOf(
                        candles.stream().map(Candle::openTime).toList());
    }

    @Test
    void aSingleCandleGivesItsTime() {
        byte[] message =
                ServerMessageCodec.encode(new ServerMessage.CandleClosed("s", new Candle(60, 1, 2, 0.5, 1.5, 7)));

        assertThat(times(message)).containsExactly(60L);
    }

    @Test
    void anythingElseIsSaid() {
        byte[] gap = "{\"type\":\"gap\",\"series_id\":\"s\",\"candle_time\":1}".getBytes(StandardCharsets.US_ASCII);

        assertThat(CandleTimes.forEach(gap, 0, gap.length, _ -> {})).isFalse();
    }

    private static List<Long> times(byte[] message) {
        byte[] shifted = new byte[message.length + 9];
        System.arraycopy(message, 0, shifted, 4, message.length);
        List<Long> times = new ArrayList<>();
        assertThat(CandleTimes.forEach(shifted, 4, message.length, times::add)).isTrue();
        return times;
    }
}

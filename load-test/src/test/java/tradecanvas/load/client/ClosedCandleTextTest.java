package tradecanvas.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.wire.ServerMessage;
import tradecanvas.model.wire.ServerMessageCodec;

class ClosedCandleTextTest {
    private static final String SERIES = "binance:futures:BTC/USDT:1m";

    @ParameterizedTest
    @ValueSource(longs = {1_700_000_040, 0, -60, 9_999_999_960L})
    void theTimeOfAClosedCandleIsFound(long time) {
        assertThat(timeOf(new ServerMessage.CandleClosed(SERIES, candle(time)))).isEqualTo(time);
    }

    @Test
    void aSeriesNamedLikeTheKeyDoesNotConfuseIt() {
        String tricky = "\"candle_time\":5:1m";

        assertThat(timeOf(new ServerMessage.CandleClosed(tricky, candle(60)))).isEqualTo(60);
    }

    @Test
    void otherMessagesAreNoClosedCandles() {
        List<ServerMessage> others = List.of(
                new ServerMessage.CandleForming(SERIES, candle(60)),
                new ServerMessage.CandlesBatch(SERIES, List.of(candle(60))),
                new ServerMessage.Gap(SERIES, 60, 120),
                ServerMessage.Refusal.badRequest("candle_closed"));

        assertThat(others)
                .allSatisfy(message -> assertThat(timeOf(message)).isEqualTo(ClosedCandleText.NOT_A_CLOSED_CANDLE));
    }

    @Test
    void onlyTheGivenRangeIsRead() {
        byte[] message = ServerMessageCodec.encode(new ServerMessage.CandleClosed(SERIES, candle(1_700_000_040)));
        byte[] data = new byte[message.length + 20];
        System.arraycopy(message, 0, data, 10, message.length);

        assertThat(ClosedCandleText.timeOf(data, 10, message.length)).isEqualTo(1_700_000_040);
        assertThat(ClosedCandleText.timeOf(data, 10, 30)).isEqualTo(ClosedCandleText.NOT_A_CLOSED_CANDLE);
    }

    @Test
    void aMessageWithBlanksIsLeftToAParser() {
        byte[] data =
                "{\"type\": \"candle_closed\", \"candle\": {\"candle_time\": 60}}".getBytes(StandardCharsets.UTF_8);

        assertThat(ClosedCandleText.timeOf(data, 0, data.length)).isEqualTo(ClosedCandleText.NOT_A_CLOSED_CANDLE);
    }

    private static long timeOf(ServerMessage message) {
        byte[] data = ServerMessageCodec.encode(message);
        return ClosedCandleText.timeOf(data, 0, data.length);
    }

    private static Candle candle(long time) {
        return new Candle(time, 101.2, 103, 101, 102.4, 12);
    }
}

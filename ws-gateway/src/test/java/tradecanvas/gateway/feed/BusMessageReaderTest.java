package tradecanvas.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.model.bus.BusMessage;
import tradecanvas.model.bus.BusMessageCodec;
import tradecanvas.model.bus.BusSource;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

class BusMessageReaderTest {
    private static final BusSource SOURCE = new BusSource("instance");
    private static final BusSource WORKER = BusSource.worker("0f8fad5b-d9cb-469f-a165-70867728950e", 7);
    private static final SeriesId SERIES = SeriesId.parse("交易:spot:\"X\":1m");

    static List<BusMessage> messages() {
        Candle first = new Candle(60, 0.1, 2e-6, -0.0, Double.MIN_VALUE, Double.MAX_VALUE);
        Candle second = new Candle(120, 1, 2, 3, 4, 5);
        return List.of(
                new BusMessage.Event(SOURCE, new FeedEvent.Closed(SERIES, first)),
                new BusMessage.Event(SOURCE, new FeedEvent.ClosedBatch(SERIES, List.of(first, second))),
                new BusMessage.Event(SOURCE, new FeedEvent.Forming(SERIES, second)),
                new BusMessage.Event(SOURCE, new FeedEvent.SystemNotice(SERIES, "e", "因子", Map.of("k", "v"))),
                new BusMessage.Heartbeat(WORKER, 12, 1_700_000_000_000L),
                new BusMessage.Probe(SOURCE));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsWrittenIsReadAsItWas(BusMessage message) throws InvalidBusMessageException {
        assertThat(BusMessageReader.read(BusMessageCodec.encode(message))).isEqualTo(message);
    }

    @Test
    void otherInstancesMayLeaveOutTheVersionAndAddFields() throws InvalidBusMessageException {
        String text = "{\"source\":\"a\",\"event_type\":\"candle_closed\",\"x\":[],\"series_id\":\"s:1m\",\"payload\":"
                + "{\"y\":1,\"candle\":{\"candle_time\":60,\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":0}}}";
        assertThat(read(text))
                .isEqualTo(new BusMessage.Event(
                        new BusSource("a"),
                        new FeedEvent.Closed(SeriesId.parse("s:1m"), new Candle(60, 1, 1, 1, 1, 0))));
    }

    @Test
    void batchIsSortedAndWhatIsNoObjectInItSkipped() throws InvalidBusMessageException {
        String batch = "{\"source\":\"a\",\"event_type\":\"candles_batch\",\"series_id\":\"s:1m\",\"payload\":"
                + "{\"candles\":[" + candle(120) + ",1,null," + candle(60) + "]}}";
        assertThat(((BusMessage.Event) read(batch)).event())
                .isInstanceOfSatisfying(
                        FeedEvent.ClosedBatch.class,
                        closed -> assertThat(closed.candles())
                                .extracting(Candle::openTime)
                                .containsExactly(60L, 120L));
    }

    @Test
    void candleThatIsTwiceInABatchIsTakenOnce() throws InvalidBusMessageException {
        String batch = "{\"source\":\"a\",\"event_type\":\"candles_batch\",\"series_id\":\"s:1m\",\"payload\":"
                + "{\"candles\":[" + candle(60) + "," + candle(60) + "]}}";
        assertThat(read(batch))
                .isEqualTo(new BusMessage.Event(
                        new BusSource("a"),
                        new FeedEvent.Closed(SeriesId.parse("s:1m"), new Candle(60, 1, 1, 1, 1, 0))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "1",
                "null",
                "{\"source\":\"\",\"event_type\":\"system\",\"series_id\":\"s:1m\",\"payload\":{}}",
                "{\"source\":\"a\",\"event_type\":\"other\",\"series_id\":\"s:1m\",\"payload\":{}}",
                "{\"source\":\"a\",\"event_type\":\"candle_closed\",\"series_id\":\"\",\"payload\":{}}",
                "{\"source\":\"a\",\"event_type\":\"candle_closed\",\"series_id\":\"s\",\"payload\":{\"candle\":{}}}",
                "{\"source\":\"a\",\"event_type\":\"candle_closed\",\"series_id\":\"s:1m\",\"payload\":[]}",
                "{\"source\":\"a\",\"event_type\":\"candle_closed\",\"series_id\":\"s:1m\",\"payload\":{\"candle\":1}}",
                "{\"source\":\"a\",\"event_type\":\"candle_closed\",\"series_id\":\"s:1m\",\"payload\":{\"candle\":"
                        + "{\"candle_time\":60,\"open\":\"1\",\"high\":1,\"low\":1,\"close\":1,\"volume\":0}}}",
                "{\"source\":\"a\",\"event_type\":\"candle_closed\",\"series_id\":\"s:1m\",\"payload\":{\"candle\":"
                        + "{\"candle_time\":60,\"open\":1e999,\"high\":1,\"low\":1,\"close\":1,\"volume\":0}}}",
                "{\"source\":\"a\",\"event_type\":\"candles_batch\",\"series_id\":\"s:1m\",\"payload\":{}}",
                "{\"source\":\"a\",\"event_type\":\"heartbeat\",\"payload\":{\"position\":1,\"sent_at_ms\":1}}",
                "{\"source\":\"000000070f8fad5bd9cb469fa1657086\",\"event_type\":\"heartbeat\",\"payload\":"
                        + "{\"position\":1.5,\"sent_at_ms\":1}}"
            })
    void whatIsNoMessageIsSaidToBeInvalid(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidBusMessageException.class);
    }

    private static BusMessage read(String text) throws InvalidBusMessageException {
        return BusMessageReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String candle(long time) {
        return "{\"candle_time\":" + time + ",\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":0}";
    }
}

package tradecanvas.system.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tradecanvas.system.client.Api;

/** The checker finds each kind of fault, and nothing in a history without one. */
class HistoryCheckerTest {
    private static final String SERIES = "a:b:c:1m";

    private final HistoryChecker history = new HistoryChecker(SERIES, 100L);

    @Test
    void catchUpBatchFormingLiveAndNoticesAreFine() {
        receive(batch(160, 220), forming(280), closed(280), system(), forming(340), batch(340, 400));
        assertThat(history.violations()).isEmpty();
        assertThat(history.lastClosed()).isEqualTo(400);
        assertThat(history.gaps()).isZero();
        assertThatCode(() -> history.verify(stored(40, 100, 160, 220, 280, 340, 400)))
                .doesNotThrowAnyException();
    }

    @Test
    void candleSentTwiceIsFound() {
        receive(closed(160), closed(160));
        assertThat(history.violations()).containsExactly("closed twice: 160");
    }

    @Test
    void candleThatTheClientHasIsFound() {
        receive(batch(100, 160));
        assertThat(history.violations()).containsExactly("closed twice: 100");
    }

    @Test
    void candleOutOfOrderIsFoundAlsoInsideABatch() {
        receive(closed(160), batch(280, 220));
        assertThat(history.violations())
                .containsExactly("silent gap from 160 to 280", "closed out of order: 220 after 280");
    }

    @Test
    void silentGapIsFoundBehindSinceBetweenMessagesAndInsideABatch() {
        receive(closed(220), closed(340), batch(400, 520));
        assertThat(history.violations())
                .containsExactly(
                        "silent gap from 100 to 220", "silent gap from 220 to 340", "silent gap from 400 to 520");
    }

    @Test
    void announcedGapIsFineWhereTheStoreHasNothing() {
        receive(closed(160), gap(220, 340), closed(340));
        assertThat(history.violations()).isEmpty();
        assertThat(history.gaps()).isEqualTo(1);
        assertThatCode(() -> history.verify(stored(160, 340))).doesNotThrowAnyException();
    }

    @Test
    void announcedGapIsFoundWhereTheStoreHasACandle() {
        receive(closed(160), gap(220, 340), closed(340));
        assertThatThrownBy(() -> history.verify(stored(160, 280, 340))).isInstanceOf(AssertionError.class);
    }

    @Test
    void gapWithWrongTimesIsFound() {
        receive(gap(220, 340), closed(400), gap(460, 460), closed(460));
        assertThat(history.violations())
                .containsExactly(
                        "gap from 220 to 340 behind closed 100",
                        "gap announced up to 340 before 400",
                        "gap from 460 to 460 behind closed 400");
    }

    @Test
    void messageBetweenAGapAndItsCandleIsFound() {
        receive(gap(160, 280), forming(280), closed(280));
        assertThat(history.violations()).containsExactly("between a gap and its candle: " + forming(280));
    }

    @Test
    void formingBehindItsCloseIsFound() {
        receive(closed(160), forming(160));
        assertThat(history.violations()).containsExactly("forming 160 behind closed 160");
    }

    @Test
    void messageOfAnotherSeriesAndRefusalAreFound() {
        String other = closed(160).replace(SERIES, "a:b:d:1m");
        String refusal = "{\"type\":\"error\",\"code\":\"capacity\",\"message\":\"no\",\"series_id\":\"a:b:c:1m\"}";
        receive(other, refusal, batch());
        assertThat(history.violations())
                .containsExactly("not of series a:b:c:1m: " + other, "unexpected message: " + refusal, "empty batch");
    }

    @Test
    void missingTailIsFound() {
        receive(closed(160));
        assertThatThrownBy(() -> history.verify(stored(160, 220))).isInstanceOf(AssertionError.class);
    }

    @Test
    void candleThatIsNotStoredIsFound() {
        receive(closed(160), closed(220));
        assertThatThrownBy(() -> history.verify(stored(160))).isInstanceOf(AssertionError.class);
    }

    @Test
    void candleWithOtherValuesIsFound() {
        receive(closed(160).replace("\"volume\":10.0", "\"volume\":11.0"));
        assertThatThrownBy(() -> history.verify(stored(160))).isInstanceOf(AssertionError.class);
    }

    @Test
    void clientWithoutSinceMayBeginAnywhereAndWithZeroToo() {
        HistoryChecker all = new HistoryChecker(SERIES, null);
        all.receive(closed(160));
        assertThatCode(() -> all.verify(stored(160))).doesNotThrowAnyException();
        HistoryChecker sinceZero = new HistoryChecker(SERIES, 0L);
        sinceZero.receive(closed(160));
        sinceZero.receive(closed(280));
        assertThat(sinceZero.violations()).containsExactly("silent gap from 160 to 280");
    }

    private void receive(String... messages) {
        Arrays.stream(messages).forEach(history::receive);
    }

    private static String closed(long time) {
        return message("candle_closed", "\"candle\":" + Api.candle(time));
    }

    private static String forming(long time) {
        return message("candle_forming", "\"candle\":" + Api.candle(time));
    }

    private static String batch(long... times) {
        return message(
                "candles_batch",
                "\"candles\":" + LongStream.of(times).mapToObj(Api::candle).collect(Collectors.joining(",", "[", "]")));
    }

    private static String gap(long expected, long actual) {
        return message("gap", "\"expected_next_time\":" + expected + ",\"actual_time\":" + actual);
    }

    private static String system() {
        return message("system", "\"event\":\"factor.rebuild\",\"message\":\"\",\"data\":{}");
    }

    private static String message(String type, String fields) {
        return "{\"type\":\"" + type + "\",\"series_id\":\"" + SERIES + "\"," + fields + "}";
    }

    private static List<JsonNode> stored(long... times) {
        return LongStream.of(times).mapToObj(time -> Api.json(Api.candle(time))).toList();
    }
}

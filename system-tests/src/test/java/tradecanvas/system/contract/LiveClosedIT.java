package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.system.contract.Wire.closed;
import static tradecanvas.system.contract.Wire.gap;
import static tradecanvas.system.contract.Wire.singles;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;

/** One closed candle per publish. What must not be pushed is shown by the next candle, which comes first. */
class LiveClosedIT {
    private final Api api = SharedServer.api();
    private final Posts posts = new Posts(api);
    private final String series = SharedServer.series();
    private final MarketSocket socket = SharedServer.socket();

    @AfterEach
    void disconnect() {
        socket.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void candleIsPushedAloneAlsoToWhoTakesBatches(boolean supportsBatch) {
        posts.silently(series, 100);
        subscribe(100, supportsBatch);

        posts.closed(series, 160, 220, 280);

        assertThat(socket.take(3)).isEqualTo(singles(series, 160, 220, 280));
        assertThat(socket.untilNow()).isEmpty();
    }

    @Test
    void firstCandleOfAnEmptySeriesHasNoGapBeforeIt() {
        socket.subscribe(series, null, true);
        assertThat(socket.untilNow()).isEmpty();

        posts.closed(series, 1_700_000_000);

        assertThat(socket.next()).isEqualTo(closed(series, 1_700_000_000));
        assertThat(socket.untilNow()).isEmpty();
    }

    @Test
    void sinceZeroOnAnEmptySeriesHasAGapBeforeTheFirstCandle() {
        subscribe(0, true);

        posts.closed(series, 1_700_000_000);

        assertThat(socket.take(2)).containsExactly(gap(series, 60, 1_700_000_000), closed(series, 1_700_000_000));
        assertThat(socket.untilNow()).isEmpty();
    }

    @Test
    void sinceZeroOnASeriesWithCandlesGoesOnWithoutAGap() {
        posts.silently(series, 1_700_000_000);
        socket.subscribe(series, 0L, true);
        assertThat(socket.untilNow()).containsExactly(Wire.batch(series, 1_700_000_000));

        posts.closed(series, 1_700_000_060);

        assertThat(socket.next()).isEqualTo(closed(series, 1_700_000_060));
        assertThat(socket.untilNow()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void missingCandlesAreAnnouncedBeforeTheNextOne(boolean supportsBatch) {
        posts.silently(series, 100);
        subscribe(100, supportsBatch);

        posts.closed(series, 161, 400, 460);

        assertThat(socket.take(5))
                .containsExactly(
                        gap(series, 160, 161),
                        closed(series, 161),
                        gap(series, 221, 400),
                        closed(series, 400),
                        closed(series, 460));
        assertThat(socket.untilNow()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void missingCandlesThatAreStoredComeFirstAndOneByOne(boolean supportsBatch) {
        posts.silently(series, 100);
        subscribe(100, supportsBatch);
        posts.silently(series, 160, 220, 280);

        posts.closed(series, 340);

        assertThat(socket.take(4)).isEqualTo(singles(series, 160, 220, 280, 340));
        assertThat(socket.untilNow()).isEmpty();
    }

    @Test
    void whatIsStoredOnlyInPartIsAnnouncedHoleByHole() {
        posts.silently(series, 100);
        subscribe(100, true);
        posts.silently(series, 220, 280, 400);

        posts.closed(series, 640);

        assertThat(socket.take(7))
                .containsExactly(
                        gap(series, 160, 220),
                        closed(series, 220),
                        closed(series, 280),
                        gap(series, 340, 400),
                        closed(series, 400),
                        gap(series, 460, 640),
                        closed(series, 640));
        assertThat(socket.untilNow()).isEmpty();
    }

    @Test
    void candleCloserThanATimeframeIsNoGap() {
        posts.silently(series, 100);
        subscribe(100, false);

        posts.closed(series, 130, 190, 191);

        assertThat(socket.take(3)).isEqualTo(singles(series, 130, 190, 191));
        assertThat(socket.untilNow()).isEmpty();
    }

    @Test
    void correctionIsNotPushedAgain() {
        posts.silently(series, 100);
        subscribe(100, false);
        posts.closed(series, 160);
        assertThat(socket.next()).isEqualTo(closed(series, 160));

        String corrected = "{\"candle_time\":160,\"open\":1.0,\"high\":2.0,\"low\":0.5,\"close\":1.5,\"volume\":3.0}";
        posts.send(Wire.POST_CLOSED, Wire.post(series, corrected));
        posts.closed(series, 160, 100);
        posts.send(Wire.POST_CLOSED, Wire.post(series, corrected));
        posts.closed(series, 220);

        assertThat(socket.next()).isEqualTo(closed(series, 220));
        assertThat(socket.untilNow()).isEmpty();
        assertThat(api.get("api/market/candles?since=100&limit=1&series_id=" + series)
                        .body())
                .contains(corrected);
    }

    @Test
    void candleThatComesLateIsNotPushedButReadable() {
        posts.silently(series, 100);
        subscribe(100, false);

        posts.closed(series, 220, 160, 280);

        assertThat(socket.take(3)).containsExactly(gap(series, 160, 220), closed(series, 220), closed(series, 280));
        assertThat(socket.untilNow()).isEmpty();
        assertThat(api.get("api/market/candles?series_id=" + series).body())
                .isEqualTo(Wire.page(series, 280L, 100, 160, 220, 280));
    }

    @Test
    void everySubscriberGetsWhatItLacksItself() {
        posts.silently(series, 100, 160);
        try (MarketSocket other = SharedServer.socket();
                MarketSocket ahead = SharedServer.socket()) {
            subscribe(160, false);
            other.subscribe(series, 100L, true);
            ahead.subscribe(series, 220L, true);
            assertThat(other.untilNow()).containsExactly(Wire.batch(series, 160));
            assertThat(ahead.untilNow()).isEmpty();

            posts.closed(series, 220, 280);

            assertThat(socket.take(2)).isEqualTo(singles(series, 220, 280));
            assertThat(other.take(2)).isEqualTo(singles(series, 220, 280));
            assertThat(ahead.next()).isEqualTo(closed(series, 280));
        }
    }

    @Test
    void negativeTimesAreTimes() {
        socket.subscribe(series, -600L, false);
        assertThat(socket.untilNow()).isEmpty();

        posts.closed(series, -540, -420, 0);

        assertThat(socket.take(5))
                .containsExactly(
                        closed(series, -540),
                        gap(series, -480, -420),
                        closed(series, -420),
                        gap(series, -360, 0),
                        closed(series, 0));
    }

    private void subscribe(long since, boolean supportsBatch) {
        socket.subscribe(series, since, supportsBatch);
        assertThat(socket.untilNow()).isEmpty();
    }
}

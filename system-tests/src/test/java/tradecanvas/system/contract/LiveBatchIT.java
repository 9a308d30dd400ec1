package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.system.contract.Wire.batch;
import static tradecanvas.system.contract.Wire.closed;
import static tradecanvas.system.contract.Wire.gap;
import static tradecanvas.system.contract.Wire.singles;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;

/** Several closed candles per publish: to a client that takes batches, and to one that does not. */
class LiveBatchIT {
    private final Posts posts = new Posts(SharedServer.api());
    private final String series = SharedServer.series();
    private final MarketSocket batches = SharedServer.socket();
    private final MarketSocket plain = SharedServer.socket();

    @AfterEach
    void disconnect() {
        batches.close();
        plain.close();
    }

    @Test
    void publishedBatchIsOneMessageOrOneACandle() {
        subscribeAtHundred();

        posts.batch(series, 220, 160, 280);

        assertThat(batches.next()).isEqualTo(batch(series, 160, 220, 280));
        assertThat(plain.take(3)).isEqualTo(singles(series, 160, 220, 280));
        assertNothingMore();
    }

    @Test
    void oneCandleLeftWithoutItsRepetitionsIsNoBatch() {
        subscribeAtHundred();

        posts.batch(series, 160);
        posts.batch(series, 220, 220, 220);

        assertThat(batches.take(2)).isEqualTo(singles(series, 160, 220));
        assertThat(plain.take(2)).isEqualTo(singles(series, 160, 220));
        assertNothingMore();
    }

    @Test
    void candlesThatTheClientHasAreLeftOut() {
        subscribeAtHundred();
        posts.closed(series, 160);

        posts.batch(series, 40, 100, 160, 220, 280);
        posts.batch(series, 100, 160, 220, 280);
        posts.batch(series, 280, 340);

        assertThat(batches.take(3)).containsExactly(closed(series, 160), batch(series, 220, 280), batch(series, 340));
        assertThat(plain.take(4)).isEqualTo(singles(series, 160, 220, 280, 340));
        assertNothingMore();
    }

    @Test
    void missingCandlesAreAnnouncedBeforeTheBatch() {
        subscribeAtHundred();

        posts.batch(series, 280, 340);

        assertThat(batches.take(2)).containsExactly(gap(series, 160, 280), batch(series, 280, 340));
        assertThat(plain.take(3)).containsExactly(gap(series, 160, 280), closed(series, 280), closed(series, 340));
        assertNothingMore();
    }

    @Test
    void missingCandlesThatAreStoredArePartOfTheBatch() {
        subscribeAtHundred();
        posts.silently(series, 160, 220);

        posts.batch(series, 280, 340);

        assertThat(batches.next()).isEqualTo(batch(series, 160, 220, 280, 340));
        assertThat(plain.take(4)).isEqualTo(singles(series, 160, 220, 280, 340));
        assertNothingMore();
    }

    @Test
    void holesInsideAreAnnouncedOnlyOneByOne() {
        subscribeAtHundred();

        posts.batch(series, 160, 400, 460, 1000);

        assertThat(batches.next()).isEqualTo(batch(series, 160, 400, 460, 1000));
        assertThat(plain.take(6))
                .containsExactly(
                        closed(series, 160),
                        gap(series, 220, 400),
                        closed(series, 400),
                        closed(series, 460),
                        gap(series, 520, 1000),
                        closed(series, 1000));
        assertNothingMore();
    }

    @Test
    void silentBatchIsHealedByTheNextPublish() {
        subscribeAtHundred();
        posts.silently(series, 160, 220, 280);
        assertNothingMore();

        posts.batch(series, 340, 400);
        posts.silently(series, 460);
        posts.closed(series, 520);

        assertThat(batches.take(3))
                .containsExactly(batch(series, 160, 220, 280, 340, 400), closed(series, 460), closed(series, 520));
        assertThat(plain.take(7)).isEqualTo(singles(series, 160, 220, 280, 340, 400, 460, 520));
        assertNothingMore();
    }

    @Test
    void batchOfAnEmptySeriesHasNoGap() {
        for (MarketSocket socket : new MarketSocket[] {batches, plain}) {
            socket.subscribe(series, null, socket == batches);
            assertThat(socket.untilNow()).isEmpty();
        }

        posts.batch(series, 1000, 1060);

        assertThat(batches.next()).isEqualTo(batch(series, 1000, 1060));
        assertThat(plain.take(2)).isEqualTo(singles(series, 1000, 1060));
        assertNothingMore();
    }

    @Test
    void largeBatchStaysOneMessage() {
        subscribeAtHundred();

        posts.batch(series, Wire.minutes(160, 3_000));

        assertThat(batches.next()).isEqualTo(batch(series, Wire.minutes(160, 3_000)));
        assertThat(plain.take(3_000)).isEqualTo(singles(series, Wire.minutes(160, 3_000)));
        assertNothingMore();
    }

    @Test
    void lastOneOfARepeatedTimeIsPushed() {
        subscribeAtHundred();
        String first = "{\"candle_time\":160,\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1}";

        posts.send(
                Wire.POST_BATCH,
                "{\"series_id\":\"" + series + "\",\"publish_ws\":true,\"candles\":[" + first + "," + Api.candle(220)
                        + "," + Api.candle(160) + "]}");

        assertThat(batches.next()).isEqualTo(batch(series, 160, 220));
        assertNothingMoreOn(batches);
    }

    private void subscribeAtHundred() {
        posts.silently(series, 100);
        for (MarketSocket socket : new MarketSocket[] {batches, plain}) {
            socket.subscribe(series, 100L, socket == batches);
            assertThat(socket.untilNow()).isEmpty();
        }
    }

    private void assertNothingMore() {
        assertNothingMoreOn(batches);
        assertNothingMoreOn(plain);
    }

    private static void assertNothingMoreOn(MarketSocket socket) {
        assertThat(socket.untilNow()).isEmpty();
    }
}

package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.system.contract.Wire.batch;
import static tradecanvas.system.contract.Wire.closed;
import static tradecanvas.system.contract.Wire.gap;
import static tradecanvas.system.contract.Wire.minutes;
import static tradecanvas.system.contract.Wire.singles;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.MarketSocket;

class CatchUpIT {
    private static final boolean AS_BATCH = true;
    private static final boolean ONE_BY_ONE = false;

    private final Posts posts = new Posts(SharedServer.api());
    private final String series = SharedServer.series();

    @Test
    void candlesAfterSinceComeOneByOne() {
        posts.silently(series, 100, 160, 220);

        assertThat(catchUp(100L, ONE_BY_ONE)).isEqualTo(singles(series, 160, 220));
    }

    @Test
    void candlesAfterSinceComeAsOneBatchToWhoAsksForIt() {
        posts.silently(series, 100, 160, 220);

        assertThat(catchUp(100L, AS_BATCH)).containsExactly(batch(series, 160, 220));
    }

    @Test
    void oneCandleIsABatchToo() {
        posts.silently(series, 100, 160);

        assertThat(catchUp(100L, AS_BATCH)).containsExactly(batch(series, 160));
    }

    @Test
    void batchIsNotAssumed() {
        posts.silently(series, 100, 160);
        try (MarketSocket socket = SharedServer.socket()) {
            socket.send("{\"type\":\"subscribe\",\"series_id\":\"" + series + "\"}");
            assertThat(socket.untilNow()).isEqualTo(singles(series, 100, 160));

            socket.send("{\"type\":\"subscribe\",\"series_id\":\"" + series + "\",\"supports_batch\":null}");
            assertThat(socket.untilNow()).isEqualTo(singles(series, 100, 160));
        }
    }

    @Test
    void withoutSinceEverythingComesEvenBeforeTimeZero() {
        posts.silently(series, -60, 0, 60, 400);

        assertThat(catchUp(null, ONE_BY_ONE)).isEqualTo(singles(series, -60, 0, 60, 400));
        assertThat(catchUp(null, AS_BATCH)).containsExactly(batch(series, -60, 0, 60, 400));
    }

    @ParameterizedTest
    @ValueSource(booleans = {AS_BATCH, ONE_BY_ONE})
    void whoHasTheHeadHearsNothing(boolean supportsBatch) {
        posts.silently(series, 100, 160);

        assertThat(catchUp(160L, supportsBatch)).isEmpty();
    }

    @Test
    void emptySeriesIsSilent() {
        assertThat(catchUp(null, ONE_BY_ONE)).isEmpty();
        assertThat(catchUp(0L, ONE_BY_ONE)).isEmpty();
        assertThat(catchUp(100L, AS_BATCH)).isEmpty();
    }

    @Test
    void sinceMayLieBetweenCandles() {
        posts.silently(series, 100, 160, 220);

        assertThat(catchUp(130L, ONE_BY_ONE)).isEqualTo(singles(series, 160, 220));
        assertThat(catchUp(159L, AS_BATCH)).containsExactly(batch(series, 160, 220));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -6000, Long.MIN_VALUE})
    void sinceThatIsNotPositiveAnnouncesNoGapAtTheHead(long since) {
        posts.silently(series, 1_700_000_000, 1_700_000_060);

        assertThat(catchUp(since, AS_BATCH)).containsExactly(batch(series, 1_700_000_000, 1_700_000_060));
        assertThat(catchUp(since, ONE_BY_ONE)).isEqualTo(singles(series, 1_700_000_000, 1_700_000_060));
    }

    @Test
    void missingHeadIsAnnouncedBeforeTheCandles() {
        posts.silently(series, 280, 340);

        assertThat(catchUp(100L, ONE_BY_ONE))
                .containsExactly(gap(series, 160, 280), closed(series, 280), closed(series, 340));
        assertThat(catchUp(100L, AS_BATCH)).containsExactly(gap(series, 160, 280), batch(series, 280, 340));
        assertThat(catchUp(219L, AS_BATCH)).containsExactly(gap(series, 279, 280), batch(series, 280, 340));
        assertThat(catchUp(220L, AS_BATCH)).containsExactly(batch(series, 280, 340));
        assertThat(catchUp(250L, AS_BATCH)).containsExactly(batch(series, 280, 340));
    }

    @Test
    void holesFurtherInsideAreNotAnnounced() {
        posts.silently(series, 160, 400, 1000);

        assertThat(catchUp(100L, ONE_BY_ONE)).isEqualTo(singles(series, 160, 400, 1000));
        assertThat(catchUp(100L, AS_BATCH)).containsExactly(batch(series, 160, 400, 1000));
        assertThat(catchUp(null, ONE_BY_ONE)).isEqualTo(singles(series, 160, 400, 1000));
    }

    @Test
    void sinceInTheFutureSuppressesEverythingUpToIt() {
        posts.silently(series, 100, 160);
        try (MarketSocket socket = SharedServer.socket()) {
            socket.subscribe(series, 340L, true);
            assertThat(socket.untilNow()).isEmpty();

            posts.closed(series, 220, 280, 340);
            posts.batch(series, 100, 340);
            posts.forming(series, 340);
            posts.closed(series, 400);

            assertThat(socket.next()).isEqualTo(closed(series, 400));
            assertThat(socket.untilNow()).isEmpty();
        }
    }

    @Test
    void timeframeOfTheSeriesDecidesWhatIsMissing() {
        String hourly = series.replace(":1m", ":1h");
        posts.silently(hourly, 7200, 10_800);

        try (MarketSocket socket = SharedServer.socket()) {
            socket.subscribe(hourly, 3600L, true);
            assertThat(socket.untilNow()).containsExactly(batch(hourly, 7200, 10_800));
            socket.subscribe(hourly, 3599L, true);
            assertThat(socket.untilNow()).containsExactly(gap(hourly, 7199, 7200), batch(hourly, 7200, 10_800));
        }
    }

    @Test
    void fiveThousandCandlesFitInOneCatchUp() {
        long[] times = minutes(60, 5010);
        posts.silently(series, times);

        assertThat(catchUp(0L, AS_BATCH)).containsExactly(batch(series, minutes(60, 5000)));
        assertThat(catchUp(null, AS_BATCH)).containsExactly(batch(series, minutes(660, 5000)));
        assertThat(catchUp(null, ONE_BY_ONE)).isEqualTo(singles(series, minutes(660, 5000)));
    }

    private List<String> catchUp(@Nullable Long since, boolean supportsBatch) {
        try (MarketSocket socket = SharedServer.socket()) {
            return socket.subscribe(series, since, supportsBatch).untilNow();
        }
    }
}

package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.system.contract.Wire.closed;
import static tradecanvas.system.contract.Wire.forming;
import static tradecanvas.system.contract.Wire.gap;
import static tradecanvas.system.contract.Wire.page;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;

class LiveFormingIT {
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
    void everyPostIsPushedAndNothingIsStored(boolean supportsBatch) {
        socket.subscribe(series, null, supportsBatch);
        assertThat(socket.untilNow()).isEmpty();

        posts.forming(series, 160);
        assertThat(socket.next()).isEqualTo(forming(series, 160));
        posts.forming(series, 160);
        assertThat(socket.next()).isEqualTo(forming(series, 160));
        posts.forming(series, 100);
        assertThat(socket.next()).isEqualTo(forming(series, 100));

        assertThat(socket.untilNow()).isEmpty();
        assertThat(api.get("api/market/candles?series_id=" + series).body()).isEqualTo(page(series, null));
    }

    @Test
    void formingOfAClosedTimeIsNotPushed() {
        posts.silently(series, 100);
        subscribeAt(100);

        posts.forming(series, 40);
        posts.forming(series, 100);
        posts.forming(series, 160);
        posts.closed(series, 160);
        posts.forming(series, 160);
        posts.forming(series, 220);

        assertThat(socket.take(3)).containsExactly(forming(series, 160), closed(series, 160), forming(series, 220));
        assertThat(socket.untilNow()).isEmpty();
    }

    @Test
    void formingNeitherCausesNorClosesAGap() {
        posts.silently(series, 100);
        subscribeAt(100);

        posts.forming(series, 280);
        posts.closed(series, 280);

        assertThat(socket.take(3)).containsExactly(forming(series, 280), gap(series, 160, 280), closed(series, 280));
        assertThat(socket.untilNow()).isEmpty();
    }

    @Test
    void formingDoesNotMoveThePosition() {
        posts.silently(series, 100);
        subscribeAt(100);

        posts.forming(series, 6000);
        posts.closed(series, 160, 220);

        assertThat(socket.take(3)).containsExactly(forming(series, 6000), closed(series, 160), closed(series, 220));
    }

    @Test
    void whoHasTheCandleDoesNotGetItForming() {
        posts.silently(series, 100, 160);
        try (MarketSocket behind = SharedServer.socket()) {
            behind.subscribe(series, null, true);
            assertThat(behind.untilNow()).hasSize(1);
            subscribeAt(220);

            posts.forming(series, 220);
            posts.forming(series, 280);

            assertThat(behind.take(2)).containsExactly(forming(series, 220), forming(series, 280));
            assertThat(socket.next()).isEqualTo(forming(series, 280));
        }
    }

    @Test
    void formingOfAnotherSeriesIsNotPushed() {
        subscribeAt(100);

        posts.forming(series + "x:1m", 160);
        posts.forming(series.replace(":1m", ":5m"), 160);
        posts.forming(series, 160);

        assertThat(socket.next()).isEqualTo(forming(series, 160));
    }

    private void subscribeAt(long since) {
        socket.subscribe(series, since, true);
        assertThat(socket.untilNow()).isEmpty();
    }
}

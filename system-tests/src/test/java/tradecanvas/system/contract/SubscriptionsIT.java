package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.system.contract.Wire.batch;
import static tradecanvas.system.contract.Wire.closed;
import static tradecanvas.system.contract.Wire.singles;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.MarketSocket;

class SubscriptionsIT {
    private static final int MANY = 200;

    private final Posts posts = new Posts(SharedServer.api());
    private final String series = SharedServer.series();
    private final MarketSocket socket = SharedServer.socket();

    @AfterEach
    void disconnect() {
        socket.close();
    }

    @Test
    void unsubscribeIsSilentAndEndsOneSeriesOnly() {
        String other = SharedServer.series();
        posts.silently(series, 100);
        posts.silently(other, 100);
        socket.subscribe(series, 100L, true).subscribe(other, 100L, true);
        assertThat(socket.untilNow()).isEmpty();

        socket.unsubscribe(series);
        assertThat(socket.untilNow()).isEmpty();
        posts.closed(series, 160);
        posts.forming(series, 220);
        posts.batch(series, 220, 280);
        posts.closed(other, 160);

        assertThat(socket.next()).isEqualTo(closed(other, 160));
        assertThat(socket.untilNow()).isEmpty();
    }

    @Test
    void afterAnUnsubscribeOneMaySubscribeAgain() {
        posts.silently(series, 100);
        socket.subscribe(series, 100L, true).unsubscribe(series);
        assertThat(socket.untilNow()).isEmpty();
        posts.closed(series, 160, 220);

        socket.subscribe(series, 100L, true);

        assertThat(socket.untilNow()).containsExactly(batch(series, 160, 220));
    }

    @Test
    void subscribingAgainGoesBackToTheNewPosition() {
        posts.silently(series, 100, 160, 220);
        socket.subscribe(series, 160L, true);
        assertThat(socket.untilNow()).containsExactly(batch(series, 220));

        socket.subscribe(series, 100L, true);
        assertThat(socket.untilNow()).containsExactly(batch(series, 160, 220));
        socket.subscribe(series, null, true);
        assertThat(socket.untilNow()).containsExactly(batch(series, 100, 160, 220));
        socket.subscribe(series, 220L, true);
        assertThat(socket.untilNow()).isEmpty();

        posts.closed(series, 280);
        assertThat(socket.next()).isEqualTo(closed(series, 280));
        assertThat(socket.untilNow()).isEmpty();
    }

    @Test
    void subscribingAgainForwardSuppressesWhatTheClientClaimsToHave() {
        posts.silently(series, 100);
        socket.subscribe(series, 100L, true).subscribe(series, 220L, true);
        assertThat(socket.untilNow()).isEmpty();

        posts.closed(series, 160, 220, 280);

        assertThat(socket.next()).isEqualTo(closed(series, 280));
        assertThat(socket.untilNow()).isEmpty();
    }

    @Test
    void subscribingAgainChangesWhetherBatchesAreSent() {
        posts.silently(series, 100);
        socket.subscribe(series, 100L, true).subscribe(series, 100L, false);
        assertThat(socket.untilNow()).isEmpty();

        posts.batch(series, 160, 220);
        assertThat(socket.take(2)).isEqualTo(singles(series, 160, 220));

        socket.subscribe(series, 220L, true);
        assertThat(socket.untilNow()).isEmpty();
        posts.batch(series, 280, 340);
        assertThat(socket.next()).isEqualTo(batch(series, 280, 340));
        assertThat(socket.untilNow()).isEmpty();
    }

    @Test
    void refusedSubscribeLeavesTheSubscriptionAsItIs() {
        posts.silently(series, 100);
        socket.subscribe(series, 100L, true)
                .send("{\"type\":\"subscribe\",\"series_id\":\"" + series + "\",\"since\":\"x\"}");
        assertThat(socket.untilNow()).containsExactly(Wire.badRequest("invalid since"));

        posts.closed(series, 160);

        assertThat(socket.next()).isEqualTo(closed(series, 160));
    }

    @Test
    void oneSocketMayWatchManySeries() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            String next = SharedServer.series();
            posts.silently(next, 100, 160);
            socket.subscribe(next, 100L, i % 2 == 0);
            all.add(next);
        }
        List<String> caughtUp = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            caughtUp.add(i % 2 == 0 ? batch(all.get(i), 160) : closed(all.get(i), 160));
        }
        assertThat(socket.untilNow()).isEqualTo(caughtUp);

        for (String next : all) {
            posts.closed(next, 220);
        }

        assertThat(socket.take(MANY))
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(next -> closed(next, 220)).toList());
        assertThat(socket.untilNow()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"é:日本:🚀\\\"\\\\:1m", "a b:c\\td:e:1m", "3m", "x:y:BTC/USDT:USDT:15m", " : : : 1m "})
    void anyTextBeforeTheTimeframeNamesASeries(String id) {
        posts.closed(id, 1000);
        socket.subscribe(id, null, false);
        assertThat(socket.untilNow()).containsExactly(closed(id, 1000));

        posts.closed(id, 1060);

        assertThat(socket.next()).isEqualTo(closed(id, 1060));
    }

    @Test
    void slashMayBeEscapedAndNamesTheSameSeries() {
        posts.silently(series, 100);

        socket.subscribe(series.replace("/", "\\/").replace("U", "\\u0055"), null, false);

        assertThat(socket.untilNow()).containsExactly(closed(series, 100));
    }

    @Test
    void idsThatDifferInBlanksAreDifferentSeries() {
        posts.silently(series, 100);

        socket.subscribe(series + " ", null, false).subscribe(" " + series, null, false);

        assertThat(socket.untilNow()).isEmpty();
    }
}

package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.system.contract.LimitedServer.CATCH_UP_MAX;
import static tradecanvas.system.contract.LimitedServer.GAP_READ_MAX;
import static tradecanvas.system.contract.Wire.batch;
import static tradecanvas.system.contract.Wire.minutes;
import static tradecanvas.system.contract.Wire.singles;

import org.junit.jupiter.api.Test;
import tradecanvas.system.client.MarketSocket;

class CatchUpLimitIT {
    private static final long FIRST = 600;

    private final Posts posts = new Posts(LimitedServer.api());
    private final String series = SharedServer.series();

    @Test
    void withoutSinceTheNewestCome() {
        posts.silently(series, minutes(FIRST, CATCH_UP_MAX + 30));
        try (MarketSocket socket = LimitedServer.socket()) {
            socket.subscribe(series, null, true);

            assertThat(socket.untilNow()).containsExactly(batch(series, minutes(FIRST + 30 * 60, CATCH_UP_MAX)));
        }
    }

    @Test
    void whatDidNotFitIsReadFromTheStoreBeforeTheNextLiveCandle() {
        int more = 30;
        posts.silently(series, minutes(FIRST, CATCH_UP_MAX + more));
        try (MarketSocket socket = LimitedServer.socket()) {
            socket.subscribe(series, 0L, false);
            assertThat(socket.untilNow()).isEqualTo(singles(series, minutes(FIRST, CATCH_UP_MAX)));

            posts.closed(series, time(CATCH_UP_MAX + more));

            assertThat(socket.take(more + 1)).isEqualTo(singles(series, minutes(time(CATCH_UP_MAX), more + 1)));
            assertThat(socket.untilNow()).isEmpty();
        }
    }

    @Test
    void whatIsMoreThanOneReadIsReadInSeveral() {
        int more = GAP_READ_MAX + 40;
        posts.silently(series, minutes(FIRST, CATCH_UP_MAX + more));
        try (MarketSocket socket = LimitedServer.socket()) {
            socket.subscribe(series, FIRST - 60, true);
            assertThat(socket.untilNow()).containsExactly(batch(series, minutes(FIRST, CATCH_UP_MAX)));

            posts.closed(series, time(CATCH_UP_MAX + more));

            assertThat(socket.take(more + 1)).isEqualTo(singles(series, minutes(time(CATCH_UP_MAX), more + 1)));
            assertThat(socket.untilNow()).isEmpty();
        }
    }

    @Test
    void clientMayAskAgainFromWhereItIs() {
        posts.silently(series, minutes(FIRST, CATCH_UP_MAX + 20));
        try (MarketSocket socket = LimitedServer.socket()) {
            socket.subscribe(series, FIRST - 60, true).subscribe(series, time(CATCH_UP_MAX - 1), true);

            assertThat(socket.untilNow())
                    .containsExactly(
                            batch(series, minutes(FIRST, CATCH_UP_MAX)),
                            batch(series, minutes(time(CATCH_UP_MAX), 20)));
        }
    }

    private static long time(int index) {
        return FIRST + 60L * index;
    }
}

package tradecanvas.load.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.wire.ServerMessage;
import tradecanvas.model.wire.ServerMessageCodec;

class WatcherTest {
    private static final String SERIES = "binance:futures:BTC/USDT:1m";
    private static final long TRIGGER = 1_700_000_040;

    private final Trigger trigger = new Trigger(TRIGGER, 60, 1);
    private final CountDownLatch finished = new CountDownLatch(1);

    @Test
    void subscribesAsTheContractSays() {
        assertThat(watcher(OptionalLong.empty()).opened())
                .isEqualTo("{\"type\":\"subscribe\",\"series_id\":\"" + SERIES
                        + "\",\"since\":0,\"supports_batch\":false}");
    }

    @Test
    void onAnEmptySeriesTheGapTellsThatTheCandleIsLive() {
        Watcher watcher = opened(OptionalLong.empty());
        trigger.start(0);
        receive(watcher, new ServerMessage.Gap(SERIES, 60, TRIGGER));
        receive(watcher, closed(TRIGGER));

        ClientResult result = watcher.result(7);
        assertThat(result.delivered()).isTrue();
        assertThat(result.clientId()).isEqualTo(7);
        assertThat(result.messagesSeen()).isEqualTo(2);
        assertThat(result.checks()).isEqualTo(new ClientResult.Checks(1, 0, 0, 0, 0));
        assertThat(result.deliverMs())
                .singleElement()
                .satisfies(ms -> assertThat(ms).isPositive());
        assertThat(finished.getCount()).isZero();
    }

    @Test
    void withoutThatGapItCameOutOfTheHistory() {
        Watcher watcher = opened(OptionalLong.empty());
        trigger.start(0);
        receive(watcher, closed(TRIGGER));

        assertThat(watcher.result(0).catchUpDeliveries()).isOne();
    }

    @Test
    void afterTheHeadOfTheStoreTheCandleIsLive() {
        Watcher watcher = opened(OptionalLong.of(TRIGGER - 60));
        receive(watcher, closed(TRIGGER - 120));
        receive(watcher, closed(TRIGGER - 60));
        trigger.start(0);
        receive(watcher, closed(TRIGGER));

        assertThat(watcher.result(0).checks()).isEqualTo(new ClientResult.Checks(1, 0, 2, 0, 0));
    }

    @Test
    void aHeadThatComesAfterTheTriggerMakesItCatchUp() {
        Watcher watcher = opened(OptionalLong.of(TRIGGER - 60));
        trigger.start(0);
        receive(watcher, closed(TRIGGER - 60));
        receive(watcher, closed(TRIGGER));

        assertThat(watcher.result(0).catchUpDeliveries()).isOne();
    }

    @Test
    void aBatchIsADeliveryToo() {
        Watcher watcher = opened(OptionalLong.empty());
        trigger.start(0);
        receive(watcher, new ServerMessage.CandlesBatch(SERIES, List.of(candle(TRIGGER - 60), candle(TRIGGER))));

        assertThat(watcher.result(0).delivered()).isTrue();
    }

    @Test
    void duplicatesAndDisorderAreCountedAlsoAfterTheDelivery() {
        Watcher watcher = opened(OptionalLong.empty());
        trigger.start(0);
        receive(watcher, closed(TRIGGER));
        receive(watcher, closed(TRIGGER));
        receive(watcher, closed(TRIGGER - 60));

        ClientResult result = watcher.result(0);
        assertThat(result.checks().duplicates()).isOne();
        assertThat(result.checks().orderViolations()).isOne();
        assertThat(result.messagesSeen()).isOne();
    }

    @Test
    void anErrorMessageEndsTheClient() {
        Watcher watcher = opened(OptionalLong.empty());
        receive(watcher, ServerMessage.Refusal.capacity("ondemand_ingest_capacity", SERIES));

        assertThat(watcher.result(0).error()).isEqualTo("ws_error:capacity:ondemand_ingest_capacity");
        assertThat(finished.getCount()).isZero();
    }

    @Test
    void aClientWithoutTheCandleTimesOut() {
        Watcher watcher = opened(OptionalLong.empty());
        trigger.start(0);
        watcher.giveUp();

        assertThat(watcher.result(0).error()).isEqualTo("timeout_waiting_trigger");
        assertThat(watcher.result(0).delivered()).isFalse();
    }

    private Watcher opened(OptionalLong head) {
        Watcher watcher = watcher(head);
        watcher.opened();
        return watcher;
    }

    private Watcher watcher(OptionalLong head) {
        return new Watcher(new Watcher.Assignment(Smokes.parameters(), trigger, head, System.nanoTime(), finished));
    }

    private static void receive(Watcher watcher, ServerMessage message) {
        byte[] data = ServerMessageCodec.encode(message);
        watcher.message(data, 0, data.length, System.nanoTime());
    }

    private static ServerMessage closed(long time) {
        return new ServerMessage.CandleClosed(SERIES, candle(time));
    }

    private static Candle candle(long time) {
        return new Candle(time, 100, 101, 99, 100.5, 10);
    }
}

package tradecanvas.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tradecanvas.model.bus.BusMessage;
import tradecanvas.model.bus.BusMessageCodec;
import tradecanvas.model.bus.BusSource;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.bus.FeedListener;
import tradecanvas.model.bus.FeedSource;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

class FeedSupervisorTest {
    private static final String TRUTH = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private static final BusSource SELF = new BusSource("self");
    private static final BusSource WORKER = BusSource.worker(TRUTH, 7);
    private static final SeriesId SERIES = SeriesId.parse("a:1m");
    private static final long TICK_NANOS = 250_000_000L;

    private long now = 1;
    private long published;
    /** What the supervisor did and told, in order. */
    private final List<String> log = new ArrayList<>();

    private final FeedCounters counters = new FeedCounters();
    private FeedSupervisor feed = supervisor(true);

    @Test
    void redisIsUsedOnceItIsProvenAndTheWorkerIsHeardOverIt() {
        feed.redisOpened();
        assertThat(taken()).containsExactly("probe");
        heartbeatOverRedis();
        assertThat(source()).isEqualTo(FeedSource.NONE);
        assertThat(taken()).containsExactly("interrupted"); // a worker that was not known

        redis(new BusMessage.Probe(new BusSource("another gateway")));
        assertThat(source()).isEqualTo(FeedSource.NONE);
        redis(new BusMessage.Probe(SELF));
        assertThat(source()).isEqualTo(FeedSource.REDIS);
        assertThat(taken()).containsExactly("worker events false", "interrupted");
    }

    @Test
    void workerIsUsedWhileRedisIsAwayAndHealsWithItsFirstHeartbeat() {
        openWorker();
        assertThat(source()).isEqualTo(FeedSource.WORKER);
        taken();
        heartbeatOverWorker();
        assertThat(taken()).containsExactly("interrupted");
        heartbeatOverWorker();
        assertThat(taken()).isEmpty();
    }

    @Test
    void lostRedisGivesWayToTheWorkerAndComesBack() {
        openWorker();
        openRedis();
        assertThat(source()).isEqualTo(FeedSource.REDIS);
        taken();

        feed.redisLost();
        assertThat(source()).isEqualTo(FeedSource.WORKER);
        heartbeatOverWorker();
        assertThat(taken()).containsExactly("worker events true", "interrupted");

        openRedis();
        assertThat(source()).isEqualTo(FeedSource.REDIS);
        assertThat(taken()).containsExactly("probe", "worker events false", "interrupted");
    }

    @Test
    void silentRedisGivesWayWithinSecondsThoughItIsConnected() {
        openWorker();
        openRedis();
        passSeconds(4, this::heartbeatOverWorker);
        assertThat(source()).isEqualTo(FeedSource.WORKER);
        assertThat(taken()).contains("probe", "worker events true");
    }

    @Test
    void subscriptionThatReturnsNoProbeIsOpenedAgain() {
        openRedis();
        taken();
        passSeconds(8, () -> {});
        assertThat(taken()).containsOnlyOnce("reopen redis").contains("probe");
        assertThat(source()).isEqualTo(FeedSource.NONE);
    }

    @Test
    void subscriptionThatReturnsProbesStaysThoughTheWorkerIsSilent() {
        openRedis();
        taken();
        for (int i = 0; i < 80; i++) {
            tick();
            if (taken().contains("probe")) {
                redis(new BusMessage.Probe(SELF));
            }
        }
        assertThat(taken()).doesNotContain("reopen redis");
        assertThat(feed.state().details()).containsEntry("redis", "silent");
    }

    @Test
    void silentWorkerLineIsOpenedAgain() {
        openWorker();
        taken();
        passSeconds(4, () -> {});
        assertThat(taken()).containsOnlyOnce("reopen worker");
        assertThat(source()).isEqualTo(FeedSource.NONE);
    }

    @Test
    void eventsGoToTheListenerOverWhicheverLineTheyCome() {
        openWorker();
        openRedis();
        taken();
        redis(event(60));
        feed.workerReceived(text(event(60)));
        assertThat(taken()).containsExactly("closed 60", "closed 60");
        assertThat(counters.events.sum()).isEqualTo(2);
    }

    @Test
    void countOfAHeartbeatThatDoesNotAgreeHeals() {
        openRedis();
        taken();
        redis(event(60));
        published += 1;
        heartbeatOverRedis();
        assertThat(taken()).containsExactly("closed 60");

        published += 1; // was lost
        heartbeatOverRedis();
        assertThat(taken()).containsExactly("interrupted");
        heartbeatOverRedis();
        assertThat(taken()).isEmpty();
        assertThat(counters.incomplete.sum()).isEqualTo(1);

        redis(event(120));
        redis(event(120)); // came twice
        published += 1;
        heartbeatOverRedis();
        assertThat(taken()).containsExactly("closed 120", "closed 120", "interrupted");
    }

    @Test
    void newWorkerHealsAndTheFormerIsNotHeardAnyMore() {
        openRedis();
        taken();
        BusSource next = BusSource.worker(TRUTH, 8);
        redis(new BusMessage.Heartbeat(next, 0, 0));
        assertThat(taken()).containsExactly("interrupted");
        redis(event(60));
        assertThat(taken()).isEmpty();
        redis(new BusMessage.Event(next, new FeedEvent.Closed(SERIES, candle(120))));
        redis(new BusMessage.Heartbeat(next, 1, 0));
        assertThat(taken()).containsExactly("closed 120");
        assertThat(counters.fenced.sum()).isEqualTo(1);
    }

    @Test
    void whatANewWorkerPublishedBeforeItReachedRedisIsHealed() {
        openWorker();
        heartbeatOverWorker();
        openRedis();
        taken();
        BusSource next = BusSource.worker(TRUTH, 8);
        feed.workerReceived(text(new BusMessage.Heartbeat(next, 0, 0)));
        assertThat(taken()).containsExactly("interrupted");
        redis(new BusMessage.Heartbeat(next, 5, 0)); // five events found Redis closed
        assertThat(source()).isEqualTo(FeedSource.REDIS);
        assertThat(taken()).containsExactly("interrupted");
    }

    @Test
    void ownWorkerOfAnOlderEpochIsHeardOnceNobodyElseIs() {
        openRedis();
        redis(new BusMessage.Heartbeat(BusSource.worker(TRUTH, 9), 0, 0));
        feed.redisLost();
        passSeconds(9, this::openWorker); // a line whose worker is not heard is opened again and again
        assertThat(source()).isEqualTo(FeedSource.NONE);
        passSeconds(3, this::openWorker);
        assertThat(source()).isEqualTo(FeedSource.WORKER);
        taken();
        feed.workerReceived(text(event(60)));
        assertThat(taken()).containsExactly("closed 60");
    }

    @Test
    void invalidMessagesAreCountedAndSkipped() {
        openRedis();
        feed.redisReceived(new byte[] {'{'});
        feed.workerReceived(new byte[] {'x'});
        assertThat(counters.invalid.sum()).isEqualTo(2);
        assertThat(source()).isEqualTo(FeedSource.REDIS);
    }

    @Test
    void withoutPubsubOnlyTheWorkerIsUsed() {
        feed = supervisor(false);
        openWorker();
        tick();
        assertThat(source()).isEqualTo(FeedSource.WORKER);
        assertThat(feed.state().details()).containsEntry("redis", "off").containsEntry("epoch", "7");
    }

    @Test
    void processIsReadyFromItsFirstFeedUntilAWhileAfterItsLast() {
        tick();
        assertThat(feed.state().ready()).isFalse();
        openWorker();
        assertThat(feed.state().ready()).isTrue();
        feed.workerLost();
        passSeconds(9, () -> {});
        assertThat(feed.state().ready()).isTrue();
        passSeconds(2, () -> {});
        assertThat(feed.state().ready()).isFalse();
    }

    private void openWorker() {
        feed.workerOpened();
        heartbeatOverWorker();
    }

    private void openRedis() {
        feed.redisOpened();
        redis(new BusMessage.Probe(SELF));
        heartbeatOverRedis();
    }

    private void heartbeatOverRedis() {
        redis(new BusMessage.Heartbeat(WORKER, published, 0));
    }

    private void heartbeatOverWorker() {
        feed.workerReceived(text(new BusMessage.Heartbeat(WORKER, published, 0)));
    }

    private void redis(BusMessage message) {
        feed.redisReceived(text(message));
    }

    private void passSeconds(int seconds, Runnable everySecond) {
        for (int i = 0; i < seconds; i++) {
            everySecond.run();
            for (int j = 0; j < 4; j++) {
                tick();
            }
        }
    }

    private void tick() {
        now += TICK_NANOS;
        feed.tick();
    }

    private FeedSource source() {
        return feed.state().source();
    }

    private List<String> taken() {
        List<String> taken = List.copyOf(log);
        log.clear();
        return taken;
    }

    private static BusMessage event(long time) {
        return new BusMessage.Event(WORKER, new FeedEvent.Closed(SERIES, candle(time)));
    }

    private static Candle candle(long time) {
        return new Candle(time, 1, 1, 1, 1, 1);
    }

    private static byte[] text(BusMessage message) {
        return BusMessageCodec.encode(message);
    }

    private FeedSupervisor supervisor(boolean redisWanted) {
        return new FeedSupervisor(
                SELF,
                redisWanted,
                new LoggedLines(),
                new LoggedListener(),
                FeedSupervisor.Pace.STANDARD,
                () -> now,
                counters);
    }

    private final class LoggedLines implements FeedSupervisor.Lines {
        @Override
        public void probeRedis() {
            log.add("probe");
        }

        @Override
        public void reopenRedis(String why) {
            log.add("reopen redis");
        }

        @Override
        public void reopenWorker(String why) {
            log.add("reopen worker");
        }

        @Override
        public void wantWorkerEvents(boolean wanted) {
            log.add("worker events " + wanted);
        }
    }

    private final class LoggedListener implements FeedListener {
        @Override
        public void publish(FeedEvent event) {
            log.add("closed " + ((FeedEvent.Closed) event).candle().openTime());
        }

        @Override
        public void interrupted() {
            log.add("interrupted");
        }

        @Override
        public Map<String, Integer> watchers() {
            return Map.of();
        }
    }
}

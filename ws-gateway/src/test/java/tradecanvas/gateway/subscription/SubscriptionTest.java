package tradecanvas.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

class SubscriptionTest {
    private static final SeriesId SERIES = SeriesId.parse("binance:futures:BTC/USDT:1m");
    private static final int GRACE_S = 5;
    private static final int QUEUE_BYTES_MAX = 1 << 20;

    private final FakeStore store = new FakeStore();
    private final FanOut fanOut = fanOut(5000);
    private final TestSocket socket = new TestSocket(fanOut, QUEUE_BYTES_MAX);

    @Test
    void catchUpSendsOneMessageACandleOrOneBatch() {
        stored(100, 160, 220);
        assertThat(subscribe(100L, false)).containsExactly("closed 160", "closed 220");
        assertThat(subscribe(100L, true)).containsExactly("batch 160 220");
    }

    @Test
    void catchUpFromTheHeadOrOfAnEmptySeriesIsSilent() {
        assertThat(subscribe(null, true)).isEmpty();
        stored(100);
        assertThat(subscribe(100L, false)).isEmpty();
    }

    @Test
    void catchUpWithoutSinceSendsTheNewest() {
        stored(100, 160);
        assertThat(subscribe(null, false)).containsExactly("closed 100", "closed 160");
    }

    @Test
    void catchUpAnnouncesTheGapAtItsHeadAndNoneInside() {
        stored(280, 400);
        assertThat(subscribe(100L, false)).containsExactly("gap 160 280", "closed 280", "closed 400");
        assertThat(subscribe(100L, true)).containsExactly("gap 160 280", "batch 280 400");
    }

    @Test
    void catchUpFromZeroAnnouncesNoGap() {
        stored(280);
        assertThat(subscribe(0L, false)).containsExactly("closed 280");
        assertThat(subscribe(-5L, false)).containsExactly("closed 280");
    }

    @Test
    void firstLiveCandleBehindSinceZeroIsAnnouncedByAGap() {
        subscribe(0L, false);
        assertThat(storeAndPublish(280)).containsExactly("gap 60 280", "closed 280");
    }

    @Test
    void sinceInTheFutureSuppressesUntilItIsPassed() {
        subscribe(1000L, false);
        assertThat(storeAndPublish(940)).isEmpty();
        assertThat(storeAndPublish(1000)).isEmpty();
        assertThat(storeAndPublish(1060)).containsExactly("closed 1060");
    }

    @Test
    void liveCandlesLeaveOnceAndInOrder() {
        stored(100);
        subscribe(100L, false);
        assertThat(storeAndPublish(160)).containsExactly("closed 160");
        assertThat(storeAndPublish(160)).isEmpty();
        assertThat(storeAndPublish(100)).isEmpty();
        assertThat(storeAndPublish(220)).containsExactly("closed 220");
    }

    @Test
    void liveMessagesOfOneMomentLeaveTogetherInOrder() {
        subscribe(100L, true);
        publish(new FeedEvent.Closed(SERIES, candle(160)));
        publish(new FeedEvent.Forming(SERIES, candle(220)));
        publish(new FeedEvent.ClosedBatch(SERIES, List.of(candle(220), candle(280))));
        publish(new FeedEvent.SystemNotice(SERIES, "factor.rebuild", "text", Map.of()));
        assertThat(socket.sent()).containsExactly("closed 160", "forming 220", "batch 220 280", "system");
    }

    @Test
    void lostCandlesAreHealedFromTheStoreAsSingles() {
        subscribe(100L, true);
        stored(160, 220);
        assertThat(storeAndPublish(280)).containsExactly("closed 160", "closed 220", "closed 280");
    }

    @Test
    void lostCandlesBeforeABatchJoinIt() {
        subscribe(100L, true);
        stored(160, 220, 280);
        publish(new FeedEvent.ClosedBatch(SERIES, List.of(candle(220), candle(280))));
        assertThat(answered()).containsExactly("batch 160 220 280");
    }

    @Test
    void whatTheStoreDoesNotHaveIsAnnouncedOncePerGap() {
        subscribe(100L, false);
        stored(220);
        assertThat(storeAndPublish(400)).containsExactly("gap 160 220", "closed 220", "gap 280 400", "closed 400");
    }

    @Test
    void gapInsideABatchIsHealedOrAnnouncedToClientsWithoutBatches() {
        subscribe(100L, false);
        stored(160, 220, 280, 400);
        publish(new FeedEvent.ClosedBatch(SERIES, List.of(candle(160), candle(280), candle(400))));
        assertThat(answered()).containsExactly("closed 160", "closed 220", "closed 280", "gap 340 400", "closed 400");
    }

    @Test
    void batchThatIsKnownInPartSendsTheRest() {
        subscribe(160L, true);
        stored(160, 220, 280);
        publish(new FeedEvent.ClosedBatch(SERIES, List.of(candle(160), candle(220), candle(280))));
        assertThat(answered()).containsExactly("batch 220 280");
    }

    @Test
    void formingIsShownOnlyAheadOfTheLastClosed() {
        subscribe(100L, false);
        publish(new FeedEvent.Forming(SERIES, candle(100)));
        publish(new FeedEvent.Forming(SERIES, candle(400)));
        assertThat(socket.sent()).containsExactly("forming 400");
        assertThat(storeAndPublish(160)).containsExactly("closed 160");
    }

    @Test
    void candlesPublishedDuringTheCatchUpFollowItWithoutRepetition() {
        stored(160);
        socket.subscriptions.subscribe(SERIES, 100L, false);
        publish(new FeedEvent.Forming(SERIES, candle(220)));
        store.save(candle(220));
        publish(new FeedEvent.Closed(SERIES, candle(220)));
        socket.runTasks();
        store.pending.getFirst().lookAgain(); // the read happens to see it as well
        store.save(candle(280));
        publish(new FeedEvent.Closed(SERIES, candle(280)));
        assertThat(answered()).containsExactly("closed 160", "closed 220", "closed 280");
    }

    @Test
    void moreThanCanBeHeldDuringTheCatchUpIsReadAgain() {
        socket.subscriptions.subscribe(SERIES, 100L, false);
        for (long time = 160; time <= 160 + 60 * 10; time += 60) {
            store.save(candle(time));
            publish(new FeedEvent.Closed(SERIES, candle(time)));
        }
        assertThat(answered()).hasSize(11).doesNotHaveDuplicates().last().isEqualTo("closed 760");
    }

    @Test
    void subscribersOfTheSameMomentShareOneRead() {
        stored(160);
        TestSocket other = new TestSocket(fanOut, QUEUE_BYTES_MAX);
        socket.subscriptions.subscribe(SERIES, 100L, false);
        other.subscriptions.subscribe(SERIES, 100L, false);
        assertThat(store.pending).hasSize(1);
        answerReads();
        assertThat(socket.sent()).containsExactly("closed 160");
        assertThat(other.sent()).containsExactly("closed 160");
    }

    @Test
    void readsOnTwoSidesOfAPublishAreNotShared() {
        TestSocket other = new TestSocket(fanOut, QUEUE_BYTES_MAX);
        socket.subscriptions.subscribe(SERIES, 100L, false);
        store.save(candle(160));
        publish(new FeedEvent.Closed(SERIES, candle(160)));
        other.subscriptions.subscribe(SERIES, 100L, false);
        answerReads();
        assertThat(socket.sent()).containsExactly("closed 160");
        assertThat(other.sent()).containsExactly("closed 160");
    }

    @Test
    void unsubscribedSeriesIsSilentAndForgotten() {
        subscribe(100L, false);
        assertThat(socket.subscriptions.unsubscribe(SERIES.text())).isTrue();
        assertThat(socket.subscriptions.unsubscribe(SERIES.text())).isFalse();
        assertThat(storeAndPublish(160)).isEmpty();
        assertThat(fanOut.watchedSeries()).isZero();
    }

    @Test
    void failedCatchUpIsReportedAndFailedHealingIsAnnounced() {
        socket.subscriptions.subscribe(SERIES, 100L, false);
        store.pending.getFirst().fail();
        socket.sent();
        assertThat(socket.historyUnavailable).isTrue();

        subscribe(100L, false);
        publish(new FeedEvent.Closed(SERIES, candle(400)));
        socket.sent();
        store.pending.getFirst().fail();
        assertThat(socket.sent()).containsExactly("gap 160 400", "closed 400");
    }

    @Test
    void fullQueueOfAnEventLoopLosesNothing() {
        FanOut narrow = fanOut(2);
        TestSocket watcher = new TestSocket(narrow, QUEUE_BYTES_MAX);
        watcher.subscriptions.subscribe(SERIES, 100L, false);
        answerReads();
        watcher.sent();
        for (long time = 160; time <= 160 + 60 * 9; time += 60) {
            store.save(candle(time));
            narrow.publish(new FeedEvent.Closed(SERIES, candle(time)));
        }
        watcher.runTasks();
        answerReads();
        assertThat(watcher.sent()).hasSize(10).doesNotHaveDuplicates().last().isEqualTo("closed 700");
        assertThat(narrow.feedOverflows()).isEqualTo(8);
    }

    @Test
    void interruptionIsHealedBeforeLiveDeliveryGoesOn() {
        subscribe(100L, true);
        stored(160, 220);
        fanOut.interrupted();
        publish(new FeedEvent.Closed(SERIES, candle(280)));
        assertThat(socket.sent()).isEmpty();
        assertThat(answered()).containsExactly("batch 160 220", "closed 280");
        assertThat(fanOut.interruptions()).isEqualTo(1);
    }

    @Test
    void interruptionThatLostNothingIsNoGap() {
        stored(100);
        subscribe(100L, false);
        fanOut.interrupted();
        assertThat(answered()).isEmpty();
        assertThat(fanOut.gapsOpen()).isZero();
        assertThat(fanOut.gapsHealed()).isZero();
    }

    @Test
    void interruptionDuringCatchUpIsHealedBehindIt() {
        socket.subscriptions.subscribe(SERIES, 100L, false);
        stored(160);
        fanOut.interrupted();
        assertThat(answered()).containsExactly("closed 160");
    }

    @Test
    void noticeHeldDuringAnInterruptionGoesOutBehindItsCandle() {
        socket.subscriptions.subscribe(SERIES, 100L, false);
        fanOut.interrupted();
        socket.runTasks();
        stored(160);
        publish(new FeedEvent.Closed(SERIES, candle(160)));
        publish(new FeedEvent.SystemNotice(SERIES, "factor.rebuild", "text", Map.of()));
        assertThat(answered()).containsExactly("closed 160", "system");
    }

    @Test
    void interruptionOfASeriesThatWasEmptyBringsAllOfIt() {
        subscribe(null, false);
        stored(160, 220);
        fanOut.interrupted();
        assertThat(answered()).containsExactly("closed 160", "closed 220");
    }

    @Test
    void interruptionThatLostMoreThanOneReadBringsIsHealedByFurtherOnes() {
        FanOut few = fanOut(5000, 2, Duration.ZERO);
        TestSocket watcher = new TestSocket(few, QUEUE_BYTES_MAX);
        watcher.subscriptions.subscribe(SERIES, 100L, false);
        watcher.runTasks();
        answerReads();
        stored(160, 220, 280, 340, 400);
        few.interrupted();
        assertThat(answers(watcher))
                .containsExactly("closed 160", "closed 220", "closed 280", "closed 340", "closed 400");
    }

    @Test
    void gapThatIsMoreThanOneReadIsReadInSeveralAndWhatIsAbsentIsAnnounced() {
        FanOut few = fanOut(5000, 2, Duration.ZERO);
        TestSocket watcher = new TestSocket(few, QUEUE_BYTES_MAX);
        watcher.subscriptions.subscribe(SERIES, 100L, true);
        answers(watcher);
        stored(160, 220, 280, 400, 460);
        few.publish(new FeedEvent.Closed(SERIES, candle(460)));
        assertThat(answers(watcher))
                .containsExactly("closed 160", "closed 220", "closed 280", "gap 340 400", "closed 400", "closed 460");
        stored(520, 580, 640, 700);
        few.publish(new FeedEvent.ClosedBatch(SERIES, List.of(candle(640), candle(700))));
        assertThat(answers(watcher)).containsExactly("batch 520 580", "batch 640 700");
    }

    @Test
    void interruptionThatTheStoreCannotHealIsTriedAgain() {
        subscribe(100L, false);
        stored(160);
        fanOut.interrupted();
        socket.runTasks();
        store.pending.getFirst().fail();
        assertThat(socket.sent()).isEmpty();
        fanOut.checkHeads(0);
        assertThat(answered()).containsExactly("closed 160");
    }

    @Test
    void lostCandleIsNoticedWhenTheNextOneIsLate() {
        subscribe(100L, false);
        storeAndPublish(160);
        stored(220);
        fanOut.checkHeads(170);
        fanOut.checkHeads(160 + 120 + GRACE_S - 1);
        assertThat(store.pending).isEmpty();
        fanOut.checkHeads(160 + 120 + GRACE_S);
        assertThat(answered()).containsExactly("closed 220");
        assertThat(fanOut.headLosses()).isEqualTo(1);
    }

    @Test
    void lostCandleIsNoticedThoughAnotherSubscriptionHasReadIt() {
        subscribe(100L, false);
        storeAndPublish(160);
        stored(220);
        TestSocket other = new TestSocket(fanOut, QUEUE_BYTES_MAX);
        other.subscriptions.subscribe(SERIES, 160L, false);
        assertThat(answers(other)).containsExactly("closed 220");
        fanOut.checkHeads(170);
        fanOut.checkHeads(160 + 120 + GRACE_S);
        assertThat(answered()).containsExactly("closed 220");
        assertThat(answers(other)).isEmpty();
    }

    @Test
    void seriesOfWhichNothingWasSeenHasNotLostAnything() {
        stored(160);
        subscribe(160L, false);
        fanOut.checkHeads(170);
        fanOut.checkHeads(1000);
        assertThat(answered()).isEmpty();
        assertThat(fanOut.headChecks()).isEqualTo(1);
        assertThat(fanOut.headLosses()).isZero();
    }

    @Test
    void silentSeriesIsNotComparedAgainWhileTheStoreIsAsked() {
        subscribe(100L, false);
        for (long now = 1000; now < 1000 + 600; now++) {
            fanOut.checkHeads(now);
        }
        assertThat(fanOut.headChecks()).isEqualTo(1);
    }

    @Test
    void silentSeriesIsComparedOncePerTimeframe() {
        stored(160);
        subscribe(100L, false);
        for (long now = 1000; now < 1000 + 600; now++) {
            fanOut.checkHeads(now);
            answerReads();
        }
        assertThat(fanOut.headChecks()).isEqualTo(9);
        assertThat(fanOut.headLosses()).isZero();
    }

    @Test
    void crowdThatAsksTheSameIsAnsweredByOneRead() {
        FanOut shared = fanOut(5000, 5000, Duration.ofMinutes(1));
        stored(160, 220);
        for (int i = 0; i < 100; i++) {
            TestSocket one = new TestSocket(shared, QUEUE_BYTES_MAX);
            one.subscriptions.subscribe(SERIES, 100L, true);
            assertThat(answers(one)).containsExactly("batch 160 220");
        }
        assertThat(shared.readsAsked()).isEqualTo(100);
        assertThat(shared.readsMade()).isEqualTo(1);
    }

    @Test
    void whatWasPublishedSinceIsReadAgain() {
        FanOut shared = fanOut(5000, 5000, Duration.ofMinutes(1));
        TestSocket first = new TestSocket(shared, QUEUE_BYTES_MAX);
        first.subscriptions.subscribe(SERIES, 100L, true);
        answers(first);
        stored(160);
        shared.publish(new FeedEvent.Forming(SERIES, candle(220)));
        shared.publish(new FeedEvent.Closed(SERIES, candle(160)));
        TestSocket second = new TestSocket(shared, QUEUE_BYTES_MAX);
        second.subscriptions.subscribe(SERIES, 100L, true);
        assertThat(answers(second)).containsExactly("batch 160");
    }

    @Test
    void readsBeyondTheirBoundWaitForTheirTurn() {
        for (String symbol : List.of("a", "b", "c")) {
            socket.subscriptions.subscribe(SeriesId.parse(symbol + ":1m"), null, false);
        }
        assertThat(store.pending).hasSize(2);
        store.pending.getFirst().fail();
        assertThat(store.pending).hasSize(2);
    }

    @Test
    void watchersAreCountedPerSeries() {
        TestSocket other = new TestSocket(fanOut, QUEUE_BYTES_MAX);
        subscribe(100L, false);
        other.subscriptions.subscribe(SERIES, 100L, false);
        assertThat(fanOut.watchers()).containsExactly(Map.entry(SERIES.text(), 2));
        other.subscriptions.clear();
        assertThat(fanOut.watchers()).containsExactly(Map.entry(SERIES.text(), 1));
        socket.subscriptions.clear();
        assertThat(fanOut.watchers()).isEmpty();
    }

    @Test
    void clientThatDoesNotReadIsReportedAsSlow() {
        TestSocket narrow = new TestSocket(fanOut, 500);
        narrow.subscriptions.subscribe(SERIES, 100L, false);
        answerReads();
        narrow.runTasks();
        store.save(candle(160));
        List<Candle> many = candles(160, 60 * 40);
        many.forEach(store::save);
        fanOut.publish(new FeedEvent.ClosedBatch(SERIES, many));
        narrow.runTasks();
        assertThat(narrow.slow).isTrue();
        assertThat(narrow.sent()).isEmpty();
    }

    private FanOut fanOut(int feedMessagesMax) {
        return fanOut(feedMessagesMax, 5000, Duration.ZERO);
    }

    private FanOut fanOut(int feedMessagesMax, int gapLimit, Duration sharedFor) {
        return new FanOut(
                store,
                new HistorySettings(5000, gapLimit, Duration.ofSeconds(60), 2, sharedFor, 1 << 20),
                new SubscriptionSettings(4, feedMessagesMax, GRACE_S));
    }

    private List<String> subscribe(@Nullable Long since, boolean supportsBatch) {
        socket.subscriptions.subscribe(SERIES, since, supportsBatch);
        return answered();
    }

    private List<String> storeAndPublish(long time) {
        store.save(candle(time));
        publish(new FeedEvent.Closed(SERIES, candle(time)));
        return answered();
    }

    private void publish(FeedEvent event) {
        fanOut.publish(event);
    }

    private List<String> answered() {
        socket.runTasks();
        answerReads();
        return socket.sent();
    }

    private void answerReads() {
        answerReads(socket);
    }

    private List<String> answers(TestSocket watcher) {
        watcher.runTasks();
        answerReads(watcher);
        return watcher.sent();
    }

    private void answerReads(TestSocket watcher) {
        while (!store.pending.isEmpty()) {
            store.pending.getFirst().end();
            watcher.runTasks();
        }
    }

    private void stored(long... times) {
        Arrays.stream(times).forEach(time -> store.save(candle(time)));
    }

    private static List<Candle> candles(long from, long seconds) {
        return java.util.stream.LongStream.iterate(from, time -> time < from + seconds, time -> time + 60)
                .mapToObj(SubscriptionTest::candle)
                .toList();
    }

    private static Candle candle(long time) {
        return new Candle(time, 1, 2, 0.5, 1.5, 10);
    }
}

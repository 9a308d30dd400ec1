package tradecanvas.store.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreOverloadedException;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.outbox.Freshness;
import tradecanvas.store.route.RouteCounters.Route;

class RoutedCandleReaderTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");
    private final StoreUnavailableException dead = new StoreUnavailableException("dead");
    private static final long OF_MIRROR = 1;
    private static final long OF_TRUTH = 2;

    private final VirtualTime time = new VirtualTime();
    private final FakeStore mirror = new FakeStore();
    private final FakeStore truth = new FakeStore();
    private final List<CompletableFuture<Void>> probes = new ArrayList<>();
    private final MirrorBreaker breaker = new MirrorBreaker(
            () -> {
                probes.add(new CompletableFuture<>());
                return probes.getLast();
            },
            new MirrorBreaker.Pace(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(300)),
            time,
            time::nanoTime,
            () -> 0);
    private Freshness freshness = Freshness.CURRENT;
    private final RoutedCandleReader reader = new RoutedCandleReader(
            mirror,
            truth,
            _ -> freshness,
            breaker,
            time,
            new RoutedCandleReader.Waits(Duration.ofMillis(1_000), Duration.ofMillis(500)));

    @Test
    void everyQuestionReachesTheChosenStoreAsItIs() {
        reader.newest(SERIES, 3);
        reader.after(SERIES, 60, 4);
        reader.range(SERIES, 1, 2, 5);
        reader.count(SERIES, 3, 4);
        reader.extent(SERIES);
        reader.gaps(SERIES, 6);
        List<String> questions = List.of(
                "newest a:b:c:1m 3",
                "after a:b:c:1m 60 4",
                "range a:b:c:1m 1 2 5",
                "count a:b:c:1m 3 4",
                "extent a:b:c:1m",
                "gaps a:b:c:1m 6");
        assertThat(mirror.asked).isEqualTo(questions);
        assertThat(truth.asked).isEmpty();
        assertThat(reader.counters().get(Route.MIRROR)).isEqualTo(6);
    }

    @Test
    void currentMirrorAnswers() {
        CompletableFuture<Long> answer = ask();
        mirror.count().complete(OF_MIRROR);
        assertThat(answer).isCompletedWithValue(OF_MIRROR);
        assertThat(time.planned()).as("the bound is called off").isZero();
    }

    @Test
    void mirrorThatIsBehindIsNotAskedAndAFailingTruthIsNotReplaced() {
        freshness = Freshness.BEHIND;
        CompletableFuture<Long> answer = ask();
        truth.count().completeExceptionally(dead);
        assertFailedWith(answer, dead);
        assertThat(mirror.asked).isEmpty();
        assertThat(reader.counters().get(Route.TRUTH_BEHIND)).isEqualTo(1);
    }

    @Test
    void mirrorThatFailsIsReplacedByTheTruthAndHeldOff() {
        CompletableFuture<Long> first = ask();
        mirror.count().completeExceptionally(new StoreException("relation is missing", dead));
        truth.count().complete(OF_TRUTH);
        assertThat(first).isCompletedWithValue(OF_TRUTH);
        CompletableFuture<Long> second = ask();
        truth.count().complete(OF_TRUTH);
        assertThat(second).isCompletedWithValue(OF_TRUTH);
        assertThat(mirror.asked).hasSize(1);
        assertThat(reader.counters().get(Route.TRUTH_FAILED)).isEqualTo(1);
        assertThat(reader.counters().get(Route.TRUTH_HELD_OFF)).isEqualTo(1);
        time.passMs(100);
        probes.getFirst().complete(null);
        CompletableFuture<Long> third = ask();
        mirror.count().complete(OF_MIRROR);
        assertThat(third).isCompletedWithValue(OF_MIRROR);
    }

    @Test
    void mirrorThatHangsIsReplacedInBoundedTimeAndItsLateAnswerDropped() {
        CompletableFuture<Long> answer = ask();
        time.passMs(999);
        assertThat(truth.asked).isEmpty();
        time.passMs(1);
        mirror.count().complete(OF_MIRROR);
        assertThat(answer).isNotDone();
        truth.count().complete(OF_TRUTH);
        assertThat(answer).isCompletedWithValue(OF_TRUTH);
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void overloadedMirrorIsReplacedButNotHeldOff() {
        CompletableFuture<Long> answer = ask();
        mirror.count().completeExceptionally(new CompletionException(new StoreOverloadedException("full")));
        truth.count().complete(OF_TRUTH);
        assertThat(answer).isCompletedWithValue(OF_TRUTH);
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void overloadOfTheTruthIsTheAnswer() {
        CompletableFuture<Long> answer = ask();
        mirror.count().completeExceptionally(dead);
        StoreOverloadedException full = new StoreOverloadedException("full");
        truth.count().completeExceptionally(full);
        assertFailedWith(answer, full);
        assertThat(mirror.asked).hasSize(1);
    }

    @Test
    void mistakeOfACallerIsNotAFailureOfTheMirror() {
        IllegalStateException bug = new IllegalStateException("bug");
        CompletableFuture<Long> answer = ask();
        mirror.count().completeExceptionally(bug);
        assertFailedWith(answer, bug);
        assertThat(truth.asked).isEmpty();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void unknownFreshnessAsksTheTruthFirst() {
        freshness = Freshness.UNKNOWN;
        CompletableFuture<Long> answer = ask();
        truth.count().complete(OF_TRUTH);
        assertThat(answer).isCompletedWithValue(OF_TRUTH);
        assertThat(mirror.asked).isEmpty();
        assertThat(reader.counters().get(Route.TRUTH_UNKNOWN)).isEqualTo(1);
    }

    @Test
    void unknownFreshnessAndNoTruthLeaveTheMirror() {
        freshness = Freshness.UNKNOWN;
        CompletableFuture<Long> refused = ask();
        truth.count().completeExceptionally(dead);
        mirror.count().complete(OF_MIRROR);
        assertThat(refused).isCompletedWithValue(OF_MIRROR);
        CompletableFuture<Long> hanging = ask();
        time.passMs(500);
        truth.count().complete(OF_TRUTH);
        mirror.count().complete(OF_MIRROR);
        assertThat(hanging).as("the truth came too late").isCompletedWithValue(OF_MIRROR);
        assertThat(reader.counters().get(Route.MIRROR_LAST)).isEqualTo(2);
    }

    @Test
    void unknownFreshnessDoesNotPassOverAnOverloadedTruth() {
        freshness = Freshness.UNKNOWN;
        CompletableFuture<Long> answer = ask();
        StoreOverloadedException full = new StoreOverloadedException("full");
        truth.count().completeExceptionally(full);
        assertFailedWith(answer, full);
        assertThat(mirror.asked).isEmpty();
    }

    @Test
    void whatBecomesKnownWhileTheTruthIsAskedCounts() {
        freshness = Freshness.UNKNOWN;
        CompletableFuture<Long> answer = ask();
        freshness = Freshness.BEHIND;
        truth.count().completeExceptionally(dead);
        assertFailedWith(answer, dead);
        assertThat(mirror.asked).isEmpty();
    }

    @Test
    void anyOrderOfAnswersEndsEveryReadOnceAndWithARightOne() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<CompletableFuture<Long>> answers = new ArrayList<>();
        List<Integer> completions = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            freshness = EnumSet.allOf(Freshness.class).stream()
                    .skip(random.nextInt(3))
                    .findFirst()
                    .orElseThrow();
            switch (random.nextInt(4)) {
                case 0 -> {
                    CompletableFuture<Long> answer = ask();
                    answers.add(answer);
                    var _ = answer.whenComplete((_, _) -> completions.add(1));
                }
                case 1 -> settle(random, mirror, OF_MIRROR);
                case 2 -> settle(random, truth, OF_TRUTH);
                default -> {
                    time.passMs(random.nextInt(50));
                    probes.forEach(probe -> probe.complete(null));
                }
            }
        }
        truth.counts.forEach(count -> count.complete(OF_TRUTH));
        time.passMs(10_000);
        truth.counts.forEach(count -> count.complete(OF_TRUTH));
        assertThat(answers).as("seed %d", seed).allMatch(CompletableFuture::isDone);
        assertThat(completions).hasSameSizeAs(answers);
    }

    private void settle(Random random, FakeStore store, long value) {
        if (store.counts.isEmpty()) {
            return;
        }
        CompletableFuture<Long> count = store.counts.get(random.nextInt(store.counts.size()));
        if (random.nextBoolean()) {
            count.complete(value);
        } else {
            count.completeExceptionally(random.nextBoolean() ? dead : new StoreOverloadedException("full"));
        }
    }

    private CompletableFuture<Long> ask() {
        return reader.count(SERIES, 0, 10).toCompletableFuture();
    }

    private static void assertFailedWith(CompletableFuture<?> answer, Throwable failure) {
        assertThat(answer).isCompletedExceptionally();
        assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class).hasCause(failure);
    }
}

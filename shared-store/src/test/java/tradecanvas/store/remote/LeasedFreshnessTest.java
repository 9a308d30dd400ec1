package tradecanvas.store.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.outbox.Freshness;
import tradecanvas.store.route.VirtualTime;

class LeasedFreshnessTest {
    private static final SeriesId ONE = SeriesId.parse("a:b:one:1m");
    private static final SeriesId TWO = SeriesId.parse("a:b:two:1m");
    private static final long LEASE_MS = 150;
    private final Throwable refused =
            new StoreUnavailableException("refused", new UnreachableException(new ConnectException("refused")));
    private final Throwable slow = new StoreUnavailableException("too slow");

    private final VirtualTime time = new VirtualTime();
    private final List<CompletableFuture<MirrorLag>> asked = new ArrayList<>();
    private final LeasedFreshness freshness =
            new LeasedFreshness(this::ask, LeasedFreshness.Pace.STANDARD, time, time::nanoTime).start();

    private CompletionStage<MirrorLag> ask() {
        asked.add(new CompletableFuture<>());
        return asked.getLast();
    }

    @Test
    void untilTheFirstAnswerTheTruthIsAsked() {
        assertThat(asked).as("at once").hasSize(1);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.BEHIND);
    }

    @Test
    void answerIsBelievedForItsLeaseFromWhenItWasAsked() {
        time.passMs(100);
        up(1);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.CURRENT);
        time.passMs(49);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.CURRENT);
        time.passMs(1);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.BEHIND);
    }

    @Test
    void seriesThatAreNamedAreBehind() {
        up(1, ONE);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.BEHIND);
        assertThat(freshness.of(TWO)).isEqualTo(Freshness.CURRENT);
    }

    @Test
    void workerIsAskedThreeTimesALeaseAndOneQuestionAtATime() {
        time.passMs(20);
        up(1);
        time.passMs(29);
        assertThat(asked).hasSize(1);
        time.passMs(1);
        assertThat(asked).as("50 ms after the first question").hasSize(2);
        time.passMs(10_000);
        assertThat(asked).hasSize(2);
        up(1);
        time.passMs(10);
        assertThat(asked).hasSize(3);
    }

    @Test
    void mirrorThatIsDownIsBehindAndOneThatIsOffIsNot() {
        answer(new MirrorLag(1, MirrorLag.State.DOWN, LEASE_MS, Set.of()));
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.BEHIND);
        time.passMs(50);
        answer(new MirrorLag(1, MirrorLag.State.OFF, LEASE_MS, Set.of()));
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.CURRENT);
    }

    @Test
    void leaseOfZeroIsNeverBelieved() {
        answer(new MirrorLag(1, MirrorLag.State.OFF, 0, Set.of()));
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.BEHIND);
        time.passMs(99);
        assertThat(asked).hasSize(1);
        time.passMs(1);
        assertThat(asked).hasSize(2);
    }

    @Test
    void workerThatCannotBeReachedLeavesWhatItDidNotNameUnknown() {
        up(1, ONE);
        time.passMs(50);
        fail(refused);
        assertThat(freshness.of(TWO)).as("the lease still holds").isEqualTo(Freshness.CURRENT);
        time.passMs(LEASE_MS);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.BEHIND);
        assertThat(freshness.of(TWO)).isEqualTo(Freshness.UNKNOWN);
        up(2);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.CURRENT);
    }

    @Test
    void everythingStaysBehindOnceTheLastWordWasDown() {
        answer(new MirrorLag(1, MirrorLag.State.DOWN, LEASE_MS, Set.of()));
        time.passMs(50);
        fail(refused);
        time.passMs(10_000);
        assertThat(freshness.of(TWO)).isEqualTo(Freshness.BEHIND);
    }

    @Test
    void workerThatWasNeverReachedLeavesEverythingUnknown() {
        fail(refused);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.UNKNOWN);
    }

    @Test
    void slowWorkerIsAskedForTheTruthUntilItHasBeenSilentForTooLong() {
        up(1);
        time.passMs(1_050);
        fail(slow);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.BEHIND);
        time.passMs(1_950);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.BEHIND);
        time.passMs(1);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.UNKNOWN);
        up(1);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.BEHIND);
        time.passMs(10);
        up(1);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.CURRENT);
    }

    @Test
    void questionThatIsNotAnsweredIsRepeatedAtOnceAndThenLessOften() {
        up(1);
        time.passMs(50);
        fail(new StoreUnavailableException("connection broke"));
        time.passMs(10);
        assertThat(asked).hasSize(3);
        fail(refused);
        time.passMs(99);
        assertThat(asked).hasSize(3);
        time.passMs(1);
        assertThat(asked).hasSize(4);
    }

    @Test
    void workerThatRefusesToSayIsReachable() {
        fail(refused);
        time.passMs(100);
        fail(new RemoteStoreException("worker answered 404 Not Found"));
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.BEHIND);
        time.passMs(100);
        assertThat(asked).hasSize(3);
        assertThat(freshness.failed()).isEqualTo(2);
    }

    @Test
    void workerThatHasBeenReplacedIsNotBelieved() {
        up(6);
        time.passMs(50);
        up(5);
        time.passMs(100);
        assertThat(freshness.of(ONE)).isEqualTo(Freshness.BEHIND);
        assertThat(freshness.isBelieved()).isFalse();
        assertThat(freshness.failed()).isEqualTo(1);
    }

    @Test
    void closedOneAsksNoMore() {
        freshness.close();
        up(1);
        time.passMs(10_000);
        assertThat(asked).hasSize(1);
    }

    private void up(long epoch, SeriesId... behind) {
        Set<String> texts = new HashSet<>();
        for (SeriesId series : behind) {
            texts.add(series.text());
        }
        answer(new MirrorLag(epoch, MirrorLag.State.UP, LEASE_MS, texts));
    }

    private void answer(MirrorLag lag) {
        asked.getLast().complete(lag);
    }

    private void fail(Throwable failure) {
        asked.getLast().completeExceptionally(failure);
    }
}

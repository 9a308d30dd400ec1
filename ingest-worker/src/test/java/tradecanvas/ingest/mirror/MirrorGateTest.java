package tradecanvas.ingest.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tradecanvas.ingest.mirror.MirrorGate.State;

class MirrorGateTest {
    private static final long WAIT = TimeUnit.MILLISECONDS.toNanos(250);

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final List<Long> passed = new ArrayList<>();
    private MirrorGate gate = new MirrorGate(WAIT, 0, now::get);

    @AfterEach
    void close() {
        gate.close();
    }

    @Test
    void nothingWaitsForAMirrorThatIsNotThereYet() {
        assertThat(gate.state()).isEqualTo(State.DOWN);
        pass(1);
        assertThat(passed).containsExactly(1L);
    }

    @Test
    void candleWaitsUntilTheMirrorHasIt() {
        up();
        pass(1);
        assertThat(passed).isEmpty();
        acknowledge(1);
        assertThat(passed).containsExactly(1L);
        assertThat(gate.state()).isEqualTo(State.UP);
    }

    @Test
    void candleThatTheMirrorHasDoesNotWait() {
        up();
        acknowledge(5);
        pass(5);
        assertThat(passed).containsExactly(5L);
    }

    @Test
    void candleWaitsNoLongerThanTheBoundAndThenTheMirrorCountsAsDown() {
        gate.close();
        gate = new MirrorGate(TimeUnit.MILLISECONDS.toNanos(20), 0, System::nanoTime);
        up();
        pass(1);
        await().untilAsserted(() -> assertThat(passed).containsExactly(1L));
        assertThat(gate.state()).isEqualTo(State.DOWN);
        assertThat(gate.timeouts()).isEqualTo(1);
    }

    @Test
    void whileTheMirrorIsDownCandlesWaitOnlyUntilNobodyTrustsOlderAnswers() {
        up();
        gate.down();
        pass(1);
        assertThat(passed).isEmpty();
        now.addAndGet(gate.leaseNanos());
        pass(2);
        assertThat(passed).containsExactly(1L, 2L);
    }

    @Test
    void mirrorIsUpAgainOnlyWhenItHasWhatPassedWithoutIt() {
        up();
        gate.down();
        now.addAndGet(gate.leaseNanos());
        pass(1);
        pass(2);
        gate.acknowledged(1, OptionalLong.of(now.get()));
        assertThat(gate.state()).isEqualTo(State.RECOVERING);
        pass(3);
        assertThat(passed).as("candles wait again from there").containsExactly(1L, 2L);
        acknowledge(2);
        assertThat(gate.state()).isEqualTo(State.UP);
        acknowledge(3);
        assertThat(passed).containsExactly(1L, 2L, 3L);
    }

    @Test
    void mirrorThatIsFarBehindStaysDown() {
        up();
        gate.down();
        now.addAndGet(gate.leaseNanos());
        pass(1);
        pass(2);
        now.addAndGet(10 * WAIT);
        gate.acknowledged(1, OptionalLong.empty());
        assertThat(gate.state()).isEqualTo(State.DOWN);
    }

    @Test
    void candlesPassInTheirOrderAlsoWhenTheMirrorGoesDownBetweenThem() {
        up();
        pass(1);
        now.addAndGet(WAIT - 1);
        gate.down();
        pass(2);
        now.addAndGet(gate.leaseNanos());
        pass(3);
        assertThat(passed).containsExactly(1L, 2L, 3L);
    }

    @Test
    void pendingChangeIsNamedBeforeItCanBePublishedWithoutTheMirror() {
        up();
        pass(1);
        now.addAndGet(WAIT - gate.leaseNanos());
        assertThat(gate.mustNamePending()).isFalse();
        now.addAndGet(1);
        assertThat(gate.mustNamePending()).isTrue();
        acknowledge(1);
        assertThat(gate.mustNamePending()).isFalse();
    }

    @Test
    void waitOfZeroPublishesAtOnceAndGivesNoLease() {
        gate.close();
        gate = new MirrorGate(0, 0, now::get);
        acknowledge(0);
        pass(1);
        assertThat(passed).containsExactly(1L);
        assertThat(gate.leaseNanos()).isZero();
        assertThat(gate.timeouts()).isZero();
    }

    @Test
    void closedGateHoldsNothingBack() {
        up();
        pass(1);
        gate.close();
        pass(2);
        assertThat(passed).containsExactly(1L, 2L);
    }

    private void up() {
        acknowledge(0);
        assertThat(gate.state()).isEqualTo(State.UP);
    }

    private void acknowledge(long seq) {
        gate.acknowledged(seq, OptionalLong.of(now.get()));
    }

    private void pass(long seq) {
        CompletionStage<Void> stage = gate.pass(seq);
        var _ = stage.thenRun(() -> passed.add(seq));
    }
}

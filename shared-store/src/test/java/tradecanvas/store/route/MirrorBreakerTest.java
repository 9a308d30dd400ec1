package tradecanvas.store.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import tradecanvas.store.api.StoreUnavailableException;

class MirrorBreakerTest {
    private final StoreUnavailableException dead = new StoreUnavailableException("dead");
    private static final MirrorBreaker.Pace PACE =
            new MirrorBreaker.Pace(Duration.ofMillis(100), Duration.ofMillis(1_000), Duration.ofMillis(500));

    private final VirtualTime time = new VirtualTime();
    private final List<CompletableFuture<Void>> probes = new ArrayList<>();
    private double jitter;
    private final MirrorBreaker breaker = new MirrorBreaker(this::probe, PACE, time, time::nanoTime, () -> jitter);

    private CompletionStage<Void> probe() {
        CompletableFuture<Void> probe = new CompletableFuture<>();
        probes.add(probe);
        return probe;
    }

    @Test
    void workingMirrorIsNeverProbed() {
        time.passMs(100_000);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(probes).isEmpty();
    }

    @Test
    void failureHoldsReadsOffUntilAProbeSucceeds() {
        breaker.failed(breaker.term(), dead);
        assertThat(breaker.term()).isEqualTo(MirrorBreaker.HELD_OFF);
        time.passMs(99);
        assertThat(probes).isEmpty();
        time.passMs(1);
        assertThat(probes).hasSize(1);
        assertThat(breaker.isOpen()).isTrue();
        probes.getFirst().complete(null);
        assertThat(breaker.isOpen()).isFalse();
        time.passMs(100_000);
        assertThat(probes).hasSize(1);
        assertThat(time.planned()).isZero();
    }

    @Test
    void delayDoublesUpToItsMaximum() {
        breaker.failed(breaker.term(), dead);
        List<Long> waits = new ArrayList<>();
        long last = time.nanoTime();
        for (int i = 0; i < 6; i++) {
            int before = probes.size();
            while (probes.size() == before) {
                time.passMs(10);
            }
            waits.add((time.nanoTime() - last) / 1_000_000);
            probes.getLast().completeExceptionally(dead);
            last = time.nanoTime();
        }
        assertThat(waits).containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L);
    }

    @Test
    void jitterShortensADelayByUpToAHalf() {
        jitter = 0.5;
        breaker.failed(breaker.term(), dead);
        time.passMs(74);
        assertThat(probes).isEmpty();
        time.passMs(1);
        assertThat(probes).hasSize(1);
    }

    @Test
    void probeThatHangsIsGivenUpAndItsLateAnswerDropped() {
        breaker.failed(breaker.term(), dead);
        time.passMs(100);
        time.passMs(500 + 199);
        assertThat(probes).as("one at a time").hasSize(1);
        probes.getFirst().complete(null);
        assertThat(breaker.isOpen()).as("after a late answer").isTrue();
        time.passMs(1);
        assertThat(probes).hasSize(2);
        probes.getLast().complete(null);
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void probeThatCannotEvenBeSentIsAFailure() {
        MirrorBreaker broken = new MirrorBreaker(
                () -> {
                    throw new IllegalStateException("no pool");
                },
                PACE,
                time,
                time::nanoTime,
                () -> 0);
        broken.failed(broken.term(), dead);
        time.passMs(100 + 200 + 400);
        assertThat(broken.probes()).isEqualTo(3);
        assertThat(broken.isOpen()).isTrue();
    }

    @Test
    void failureOfAReadThatBeganBeforeTheRecoveryDoesNotCount() {
        long early = breaker.term();
        breaker.failed(early, dead);
        breaker.failed(early, dead);
        time.passMs(100);
        probes.getFirst().complete(null);
        breaker.failed(early, dead);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.openings()).isEqualTo(1);
    }

    @Test
    void mirrorThatFailsAgainSoonIsHeldOffForLonger() {
        breaker.failed(breaker.term(), dead);
        time.passMs(100);
        probes.getLast().complete(null);
        time.passMs(999);
        breaker.failed(breaker.term(), dead);
        time.passMs(199);
        assertThat(probes).hasSize(1);
        time.passMs(1);
        probes.getLast().complete(null);
        time.passMs(1_000);
        breaker.failed(breaker.term(), dead);
        time.passMs(100);
        assertThat(probes).as("it worked for long enough in between").hasSize(3);
    }

    @Test
    void closedBreakerProbesNoMore() {
        breaker.failed(breaker.term(), dead);
        breaker.close();
        time.passMs(100_000);
        assertThat(probes).isEmpty();
    }
}

package tradecanvas.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.gateway.feed.Fence.Verdict.FENCED;
import static tradecanvas.gateway.feed.Fence.Verdict.NEW_WORKER;
import static tradecanvas.gateway.feed.Fence.Verdict.OTHER;
import static tradecanvas.gateway.feed.Fence.Verdict.WORKER;

import org.junit.jupiter.api.Test;
import tradecanvas.model.bus.BusSource;

class FenceTest {
    private static final String TRUTH = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private static final String OTHER_TRUTH = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    private final Fence fence = new Fence();

    @Test
    void onlyTheNewestWorkerOfTheTruthIsHeard() {
        assertThat(fence.heartbeat(worker(TRUTH, 7))).isEqualTo(NEW_WORKER);
        assertThat(fence.event(worker(TRUTH, 7))).isEqualTo(WORKER);
        assertThat(fence.event(worker(TRUTH, 8))).isEqualTo(NEW_WORKER);
        assertThat(fence.event(worker(TRUTH, 7))).isEqualTo(FENCED);
        assertThat(fence.heartbeat(worker(TRUTH, 7))).isEqualTo(FENCED);
        assertThat(fence.heartbeatOfOwnWorker(worker(TRUTH, 7))).isEqualTo(FENCED);
        assertThat(fence.worker()).isEqualTo(worker(TRUTH, 8));
    }

    @Test
    void workerOfAnotherTruthIsNotHeardOnceItMakesItselfKnown() {
        fence.heartbeatOfOwnWorker(worker(TRUTH, 7));
        assertThat(fence.event(worker(OTHER_TRUTH, 90))).isEqualTo(OTHER);
        assertThat(fence.heartbeat(worker(OTHER_TRUTH, 90))).isEqualTo(FENCED);
        assertThat(fence.event(worker(OTHER_TRUTH, 90))).isEqualTo(FENCED);
        assertThat(fence.event(worker(TRUTH, 7))).isEqualTo(WORKER);
    }

    @Test
    void ownWorkerDecidesWhichTruthIsServed() {
        fence.heartbeat(worker(OTHER_TRUTH, 90));
        assertThat(fence.heartbeatOfOwnWorker(worker(TRUTH, 1))).isEqualTo(NEW_WORKER);
        assertThat(fence.event(worker(OTHER_TRUTH, 90))).isEqualTo(FENCED);
        assertThat(fence.heartbeatOfOwnWorker(worker(OTHER_TRUTH, 90))).isEqualTo(NEW_WORKER);
        assertThat(fence.event(worker(OTHER_TRUTH, 90))).isEqualTo(WORKER);
        assertThat(fence.event(worker(TRUTH, 1))).isEqualTo(FENCED);
    }

    @Test
    void instancesOfOtherKindsAreHeard() {
        assertThat(fence.event(new BusSource("instance-a"))).isEqualTo(OTHER);
        fence.heartbeat(worker(TRUTH, 7));
        assertThat(fence.event(new BusSource("instance-a"))).isEqualTo(OTHER);
        assertThat(fence.event(new BusSource("0123456789abcdef0123456789abcdef")))
                .isEqualTo(OTHER);
    }

    private static BusSource worker(String truth, long epoch) {
        return BusSource.worker(truth, epoch);
    }
}

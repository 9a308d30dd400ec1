package tradecanvas.ingest.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tradecanvas.model.series.SeriesId;

class DemandLeasesTest {
    private static final String A = "a:1m";
    private static final String B = "b:1m";

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // a monotonic clock may pass its end
    private final DemandLeases demand = new DemandLeases(new DemandLeases.Bounds(2, 3), nanos::get);

    @Test
    void watchersOfAllGatewaysAreSummed() {
        demand.lease("g1", 15_000, Map.of(A, 3, B, 1));
        demand.lease("g2", 20_000, Map.of(A, 4));
        assertThat(demand.snapshot(10))
                .containsExactly(new SeriesDemand(A, 7, 2, 20_000), new SeriesDemand(B, 1, 1, 15_000));
        assertThat(demand.snapshot(1)).hasSize(1);
        assertThat(demand.watchers()).isEqualTo(8);
        assertThat(demand.seriesCount()).isEqualTo(2);
    }

    @Test
    void tellingTwiceChangesNothingButTheTime() {
        demand.lease("g1", 15_000, Map.of(A, 3));
        pass(10_000);
        demand.lease("g1", 15_000, Map.of(A, 3));
        demand.lease("g1", 15_000, Map.of(A, 3));
        assertThat(demand.snapshot(10)).containsExactly(new SeriesDemand(A, 3, 1, 15_000));
        assertThat(demand.watchers()).isEqualTo(3);
    }

    @Test
    void leaseThatNobodyRenewsEndsByItself() {
        demand.lease("g1", 15_000, Map.of(A, 3));
        demand.lease("g2", 60_000, Map.of(A, 1));
        pass(14_999);
        assertThat(demand.watchers()).isEqualTo(4);
        pass(1);
        assertThat(demand.snapshot(10)).containsExactly(new SeriesDemand(A, 1, 1, 45_000));
        assertThat(demand.isDemanded(SeriesId.parse(A))).isTrue();
        pass(45_000);
        assertThat(demand.isDemanded(SeriesId.parse(A))).isFalse();
        assertThat(demand.snapshot(10)).isEmpty();
        assertThat(demand.watchers()).isZero();
    }

    @Test
    void zeroWatchersEndTheLeaseOfThatGatewayOnly() {
        demand.lease("g1", 15_000, Map.of(A, 3));
        demand.lease("g2", 15_000, Map.of(A, 1));
        demand.lease("g1", 15_000, Map.of(A, 0, B, 0));
        demand.lease("g1", 15_000, Map.of(A, 0));
        assertThat(demand.snapshot(10)).containsExactly(new SeriesDemand(A, 1, 1, 15_000));
    }

    @Test
    void replacingEndsWhatIsNotNamed() {
        demand.lease("g2", 15_000, Map.of(A, 1));
        demand.replace("g1", 15_000, Map.of(A, 3));
        demand.replace("g1", 15_000, Map.of(B, 2));
        assertThat(demand.snapshot(10))
                .containsExactly(new SeriesDemand(A, 1, 1, 15_000), new SeriesDemand(B, 2, 1, 15_000));
    }

    @Test
    void leasesPastABoundAreRefusedAndThoseThatAreThereRenewed() {
        demand.lease("g1", 15_000, Map.of(A, 1));
        demand.lease("g2", 15_000, Map.of(A, 1));
        demand.lease("g3", 15_000, Map.of(A, 1));
        assertThat(demand.refused()).isEqualTo(1);
        demand.lease("g1", 15_000, Map.of(B, 1));
        demand.lease("g2", 15_000, Map.of(B, 1));
        assertThat(demand.refused()).isEqualTo(2);
        pass(10_000);
        demand.lease("g1", 15_000, Map.of(A, 5));
        pass(10_000);
        assertThat(demand.watchers()).isEqualTo(5);
        demand.lease("g3", 15_000, Map.of(A, 1));
        assertThat(demand.watchers()).isEqualTo(6);
        assertThat(demand.refused()).isEqualTo(2);
    }

    @Test
    void viewTellsTheFirstSeriesAndHowManyThereAre() {
        demand.lease("g1", 15_000, Map.of("\u00fc:1m", 2, A, 1));
        assertThat(new String(DemandView.toJson(demand, 1).toByteArray(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"series\":[{\"series_id\":\"a:1m\",\"watchers\":1,\"gateways\":1,\"expires_in_ms\":15000}],"
                                + "\"series_count\":2,\"watchers\":3}");
        assertThat(new String(DemandView.toJson(demand, 0).toByteArray(), StandardCharsets.UTF_8))
                .isEqualTo("{\"series\":[],\"series_count\":2,\"watchers\":3}");
    }

    private void pass(long ms) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(ms));
    }
}

package tradecanvas.load.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tradecanvas.load.process.Cores;
import tradecanvas.load.reads.ReadCase.Mode;

class ReadsPlanTest {
    @Test
    void aModeHasEveryLimitAndTheSeriesHoldTheLargest() {
        ReadsPlan plan = plan(List.of(500, 5_000));

        assertThat(plan.cases(Mode.cold)).containsExactly(new ReadCase(Mode.cold, 500), new ReadCase(Mode.cold, 5_000));
        assertThat(plan.candlesASeries()).isEqualTo(5_000);
    }

    @Test
    void aLimitThatTheEndpointRefusesIsRefusedBeforeTheRun() {
        assertThatThrownBy(() -> plan(List.of(500, 5_001))).hasMessageContaining("5001");
    }

    private static ReadsPlan plan(List<Integer> limits) {
        return new ReadsPlan(
                Set.of(Contender.sqlite),
                List.of(Mode.hot, Mode.cold),
                limits,
                2_000,
                new ReadsPlan.Load(16, 4),
                new ReadsPlan.Times(5, 5),
                Cores.ANY);
    }
}

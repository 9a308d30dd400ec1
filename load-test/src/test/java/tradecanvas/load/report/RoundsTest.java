package tradecanvas.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RoundsTest {
    private final Rounds<String, Double> rounds = new Rounds<>();

    @Test
    void ratiosAreTakenWithinTheRoundsThatHaveBoth() {
        add("ours", 1, 50.0, 3, 30.0);
        add("theirs", 2, 1.0, 3, 10.0);
        rounds.add(4, "ours", 20.0);
        rounds.add(4, "theirs", 20.0);

        assertThat(rounds.ratio("ours", "theirs", value -> value)).isEqualTo(2.0);
        assertThat(rounds.ratio("ours", "nobody", value -> value)).isNaN();
    }

    @Test
    void anUnknownFigureDoesNotSpoilTheMedian() {
        add("ours", 1, Double.NaN, 2, 7.0);

        assertThat(rounds.median("ours", value -> value)).isEqualTo(7.0);
        assertThat(rounds.of("ours")).hasSize(2);
    }

    @Test
    void aRoundMeasuresOnce() {
        rounds.add(1, "ours", 1.0);

        assertThatThrownBy(() -> rounds.add(1, "ours", 2.0)).hasMessageContaining("round 1");
    }

    private void add(String key, int round, double value, int otherRound, double otherValue) {
        rounds.add(round, key, value);
        rounds.add(otherRound, key, otherValue);
    }
}

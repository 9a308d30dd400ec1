package tradecanvas.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
    @ParameterizedTest
    @CsvSource({"0, 10", "0.25, 17.5", "0.5, 25", "0.95, 38.5", "1, 40"})
    void percentilesAreInterpolatedBetweenRanks(double part, double expected) {
        assertThat(Statistics.percentile(part, 40, 10, 30, 20)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void oneValueIsEveryPercentile() {
        assertThat(Statistics.percentile(0.95, 7)).isEqualTo(7);
    }

    @Test
    void theMedianOfAnEvenCountLiesBetween() {
        assertThat(Statistics.median(1, 2, 3, 10)).isEqualTo(2.5);
    }

    @Test
    void nothingHasNoPercentile() {
        assertThat(Statistics.percentile(0.5)).isNaN();
    }
}

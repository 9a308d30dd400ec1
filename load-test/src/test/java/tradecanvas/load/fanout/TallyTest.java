package tradecanvas.load.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tradecanvas.load.client.Schedule;

class TallyTest {
    private static final long SECOND = 1_000_000_000;

    private final Tally tally = new Tally(new Schedule(600, 60, 2, 5 * SECOND, SECOND));

    @Test
    void latencyCountsFromTheIntendedSend() {
        tally.add(600, 5 * SECOND + 3_000_000);
        tally.add(660, 6 * SECOND + 7_000_000);

        assertThat(tally.delivered()).isEqualTo(2);
        assertThat(tally.latencyMs(50)).isCloseTo(3, within(0.01));
        assertThat(tally.latencyMsMax()).isCloseTo(7, within(0.01));
    }

    @Test
    void candlesOfOtherPhasesDoNotCount() {
        tally.add(540, 5 * SECOND);
        tally.add(720, 8 * SECOND);

        assertThat(tally.delivered()).isZero();
        assertThat(tally.latencyMs(99)).isNaN();
    }

    @Test
    void aServerThatKeepsUpSustainsTheOfferedRate() {
        tally.add(600, 5 * SECOND);
        tally.add(660, 6 * SECOND + 400_000_000);

        assertThat(tally.deliveriesPerSecond()).isEqualTo(1);
    }

    @Test
    void aServerThatFallsBehindSustainsLess() {
        tally.add(600, 5 * SECOND);
        tally.add(660, 9 * SECOND + 500_000_000);

        assertThat(tally.deliveriesPerSecond()).isEqualTo(0.5);
    }
}

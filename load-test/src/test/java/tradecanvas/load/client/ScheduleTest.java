package tradecanvas.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final Schedule schedule = new Schedule(1_700_000_040, 60, 3, 1_000, 20);

    @Test
    void candlesFollowEachOtherInStepAndPeriod() {
        assertThat(schedule.timeOf(2)).isEqualTo(1_700_000_160);
        assertThat(schedule.sendNanosOf(2)).isEqualTo(1_040);
        assertThat(schedule.durationNanos()).isEqualTo(60);
    }

    @Test
    void onlyItsOwnCandlesHaveAnIndex() {
        assertThat(schedule.indexOf(1_700_000_040)).isZero();
        assertThat(schedule.indexOf(1_700_000_160)).isEqualTo(2);
        assertThat(schedule.indexOf(1_699_999_980)).isEqualTo(-1);
        assertThat(schedule.indexOf(1_700_000_220)).isEqualTo(-1);
    }
}

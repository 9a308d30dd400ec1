package tradecanvas.readapi.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tradecanvas.model.series.Timeframe;

class KlineHealthTest {
    private static final Timeframe MINUTE = new Timeframe(60);

    @Test
    void seriesWithoutHeadIsRedAndHasNoFigures() {
        assertThat(KlineHealth.of(MINUTE, 1000, null))
                .isEqualTo(new KlineHealth(900, null, null, null, KlineHealth.Status.RED, "missing_head"));
    }

    @Test
    void headOfTheLastClosedBarIsGreen() {
        assertThat(KlineHealth.of(MINUTE, 1000, 900L))
                .isEqualTo(new KlineHealth(900, 100L, 0L, 0L, KlineHealth.Status.GREEN, "up_to_date"));
    }

    @Test
    void headAheadOfTheClockIsYellow() {
        assertThat(KlineHealth.of(MINUTE, 1000, 1020L))
                .isEqualTo(new KlineHealth(900, 0L, 0L, 0L, KlineHealth.Status.YELLOW, "head_ahead_of_closed_window"));
    }

    @Test
    void missingCandlesAreRoundedUp() {
        assertThat(KlineHealth.of(MINUTE, 1000, 770L))
                .isEqualTo(new KlineHealth(900, 230L, 130L, 3L, KlineHealth.Status.RED, "lagging_no_recent_backfill"));
    }

    @Test
    void timesBeforeTheFirstBarExpectZero() {
        assertThat(KlineHealth.of(MINUTE, 30, null).expectedLatestClosed()).isZero();
    }
}

package tradecanvas.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tradecanvas.model.series.Timeframe;

class SpansTest {
    private static final Timeframe MINUTE = new Timeframe(60);
    private static final Timeframe LONGEST = new Timeframe(Long.MAX_VALUE);

    @Test
    void spanIsTwiceTheCandlesOfAPage() {
        assertThat(Spans.before(10_000, 50, MINUTE)).isEqualTo(4_000);
        assertThat(Spans.after(10_000, 50, MINUTE)).isEqualTo(16_000);
    }

    @Test
    void endsOfTheLongsAreNotPassed() {
        assertThat(Spans.before(Long.MIN_VALUE + 5, 50, MINUTE)).isEqualTo(Long.MIN_VALUE);
        assertThat(Spans.after(Long.MAX_VALUE - 5, 50, MINUTE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Spans.before(-10, Integer.MAX_VALUE, LONGEST)).isEqualTo(Long.MIN_VALUE);
        assertThat(Spans.after(10, Integer.MAX_VALUE, LONGEST)).isEqualTo(Long.MAX_VALUE);
        assertThat(Spans.after(Long.MIN_VALUE, 1, LONGEST)).isEqualTo(-1);
    }

    @Test
    void nothingIsAskedForWithoutALimit() {
        assertThat(Spans.after(10_000, 0, LONGEST)).isEqualTo(10_000);
    }
}

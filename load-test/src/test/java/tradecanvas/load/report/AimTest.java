package tradecanvas.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AimTest {
    @Test
    void theLimitItselfIsMet() {
        assertThat(Aim.atMost("cpu", 1.25, 1.25, "x").met()).isTrue();
        assertThat(Aim.atMost("cpu", 1.26, 1.25, "x").met()).isFalse();
        assertThat(Aim.atLeast("rate", 10, 10, "x").met()).isTrue();
        assertThat(Aim.atLeast("rate", 9.9, 10, "x").met()).isFalse();
    }

    @Test
    void anUnknownFigureMeetsNoAim() {
        assertThat(Aim.atMost("cpu", Double.NaN, 1.25, "x").met()).isFalse();
        assertThat(Aim.atLeast("rate", Double.NaN, 10, "x").met()).isFalse();
    }

    @Test
    void theLineShowsFigureAimAndVerdict() {
        assertThat(Aim.atMost("p99", 612.4, 500, "ms").line()).contains("612", "aim <= 500", "MISSED");
    }
}

package tradecanvas.ingest.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration MAX = Duration.ofSeconds(1);

    @Test
    void waitsDoubleUpToTheBoundEachBetweenHalfAndAllOfItsLength() {
        Backoff backoff = new Backoff(MAX, new Random(1));
        long full = 10;
        for (int i = 0; i < 12; i++) {
            assertThat(backoff.next().toMillis()).isBetween(full / 2, full);
            full = Math.min(1_000, full * 2);
        }
    }

    @Test
    void successBeginsAnew() {
        Backoff backoff = new Backoff(MAX, new Random(1));
        for (int i = 0; i < 12; i++) {
            backoff.next();
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(10));
    }
}

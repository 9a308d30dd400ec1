package tradecanvas.store.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TimePartsTest {
    @RepeatedTest(200)
    void partsCoverTheRangeWithoutGapOrOverlap() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long from = random.nextBoolean() ? random.nextLong() : random.nextInt(1_000);
        long to = random.nextBoolean() ? random.nextLong() : from + random.nextInt(5_000);
        TimeParts parts =
                new TimeParts(Math.min(from, to), Math.max(from, to), 2 + random.nextInt(TimeParts.PARTS_MAX - 1));
        assertThat(parts.count()).as("seed " + seed).isBetween(1, parts.partsMax());
        assertThat(parts.fromOf(0)).isEqualTo(parts.from());
        assertThat(parts.toOf(parts.count() - 1)).isEqualTo(parts.to());
        for (int part = 0; part < parts.count(); part++) {
            assertThat(parts.indexOf(parts.fromOf(part))).as("seed " + seed).isEqualTo(part);
            assertThat(parts.indexOf(parts.toOf(part))).as("seed " + seed).isEqualTo(part);
            if (part > 0) {
                assertThat(parts.fromOf(part)).isEqualTo(parts.toOf(part - 1) + 1);
            }
        }
    }

    @Test
    void allOfTimeIsCut() {
        TimeParts parts = new TimeParts(Long.MIN_VALUE, Long.MAX_VALUE, 2);
        assertThat(parts.count()).isEqualTo(2);
        assertThat(parts.toOf(0)).isEqualTo(-1);
        assertThat(parts.fromOf(1)).isZero();
    }

    @Test
    void emptyRangesAndTooFewOrManyPartsAreRefused() {
        assertThatThrownBy(() -> new TimeParts(1, 0, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TimeParts(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TimeParts(0, 1, TimeParts.PARTS_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

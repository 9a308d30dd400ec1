package tradecanvas.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.load.client.ReceivedTimes.Verdict.DUPLICATE;
import static tradecanvas.load.client.ReceivedTimes.Verdict.FIRST;
import static tradecanvas.load.client.ReceivedTimes.Verdict.JUMP;
import static tradecanvas.load.client.ReceivedTimes.Verdict.NEXT;
import static tradecanvas.load.client.ReceivedTimes.Verdict.OUT_OF_ORDER;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tradecanvas.load.client.ReceivedTimes.Verdict;

class ReceivedTimesTest {
    private final ReceivedTimes received = new ReceivedTimes(60);

    @Test
    void consecutiveCandlesAreNext() {
        assertVerdicts(new long[] {120, 180, 240}, FIRST, NEXT, NEXT);
        assertThat(received.newest()).isEqualTo(240);
    }

    @Test
    void aSecondDeliveryIsADuplicateHoweverLate() {
        assertVerdicts(new long[] {60, 120, 120, 180, 60}, FIRST, NEXT, DUPLICATE, NEXT, DUPLICATE);
    }

    @Test
    void aCandleOfAFormerHoleIsOutOfOrderOnceAndThenADuplicate() {
        assertVerdicts(
                new long[] {60, 240, 120, 120, 180, 240},
                FIRST,
                JUMP,
                OUT_OF_ORDER,
                DUPLICATE,
                OUT_OF_ORDER,
                DUPLICATE);
    }

    @Test
    void aCandleBeforeTheFirstIsOutOfOrderOnceAndThenADuplicate() {
        assertVerdicts(new long[] {600, 60, 60, 120, 600}, FIRST, OUT_OF_ORDER, DUPLICATE, OUT_OF_ORDER, DUPLICATE);
    }

    @Test
    void aStepThatIsTooShortIsOutOfOrder() {
        assertVerdicts(new long[] {60, 90, 120}, FIRST, OUT_OF_ORDER, OUT_OF_ORDER);
    }

    @Test
    void duplicatesAreExactlyTheTimesSeenBefore() {
        long seed = 20261123;
        Random random = new Random(seed);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            long time = 60L * random.nextInt(2_000);
            boolean isNew = seen.add(time);
            assertThat(received.accept(time) == DUPLICATE)
                    .as("seed %d step %d time %d", seed, i, time)
                    .isEqualTo(!isNew);
        }
    }

    private void assertVerdicts(long[] times, Verdict... verdicts) {
        for (int i = 0; i < times.length; i++) {
            assertThat(received.accept(times[i])).as("candle %d", i).isEqualTo(verdicts[i]);
        }
    }
}

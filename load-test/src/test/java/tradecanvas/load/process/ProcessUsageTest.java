package tradecanvas.load.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {
    @Test
    void aNameWithBlanksAndParenthesesDoesNotShiftTheFields() {
        String stat = "42 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0 1 0 100";

        assertThat(ProcessUsage.parse(stat, "Name:\ta\nVmRSS:\t  2048 kB\n"))
                .isEqualTo(new ProcessUsage(2_000_000, 2_048 * 1_024));
    }

    @Test
    void thisProcessHasUsedTimeAndMemory() throws IOException {
        ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid());

        assertThat(usage.cpuMicros()).isPositive();
        assertThat(usage.rssBytes()).isGreaterThan(10_000_000);
    }
}

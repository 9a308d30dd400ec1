package tradecanvas.load.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackendUsageTest {
    @Test
    void titlesNameTheDatabase() {
        assertThat(BackendUsage.serves("postgres: me tc_load_1 127.0.0.1(5000) SELECT", "tc_load_1"))
                .isTrue();
        assertThat(BackendUsage.serves("postgres: main: me tc_load_1 127.0.0.1(5000) idle ", "tc_load_1"))
                .isTrue();
        assertThat(BackendUsage.serves("postgres: me tc_load_12 127.0.0.1(5000) idle", "tc_load_1"))
                .isFalse();
        assertThat(BackendUsage.serves("grep tc_load_1 x", "tc_load_1")).isFalse();
    }

    @Test
    void aDatabaseThatNobodyServesHasNoFigure() {
        assertThat(BackendUsage.cpuMicros("tc_load_nobody_serves_this")).isNaN();
    }
}

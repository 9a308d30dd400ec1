package tradecanvas.load.storm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryReadsTest {
    @Test
    void theCountersAreFoundAmongTheOthers() {
        HistoryReads reads = HistoryReads.parse("""
                # TYPE tradecanvas_gateway_history_reads_total counter
                tradecanvas_gateway_history_reads_total{kind="catch_up"} 2.0
                tradecanvas_gateway_history_reads_total{kind="gap"} 1.0
                tradecanvas_gateway_history_reads_total_other 9.0
                tradecanvas_gateway_history_asked_total 5000.0
                """);

        assertThat(reads).isEqualTo(new HistoryReads(3, 5_000));
        assertThat(reads.minus(new HistoryReads(1, 1_000))).isEqualTo(new HistoryReads(2, 4_000));
    }

    @Test
    void whatIsNotThereIsNotZero() {
        assertThat(HistoryReads.parse("").reads()).isNaN();
    }
}

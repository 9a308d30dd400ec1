package tradecanvas.load.reads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoutedReadsTest {
    @Test
    void reasonsAreSummedByStore() {
        RoutedReads before =
                RoutedReads.parse("tradecanvas_reads_routed_total{reason=\"current\",source=\"mirror\"} 40.0");
        RoutedReads now = RoutedReads.parse("""
                # TYPE tradecanvas_reads_routed_total counter
                tradecanvas_reads_routed_total{reason="current",source="mirror"} 1.0E3
                tradecanvas_reads_routed_total{reason="truth_unavailable",source="mirror"} 1.0
                tradecanvas_reads_routed_total{reason="behind",source="truth"} 2.0
                tradecanvas_reads_routed_total{reason="held_off",source="truth"} 3.0
                """);

        assertThat(now.since(before)).isEqualTo(new RoutedReads(961, 5));
    }

    @Test
    void aServerWithOneStoreHasNone() {
        assertThat(RoutedReads.parse("jvm_threads 12.0\n")).isEqualTo(new RoutedReads(0, 0));
    }
}

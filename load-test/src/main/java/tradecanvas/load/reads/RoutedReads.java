package tradecanvas.load.reads;

import java.util.Locale;

/**
 * How often a server with two stores has asked which of them, from its metrics. A read that its page cache answers asks
 * none.
 */
record RoutedReads(double mirror, double truth) {
    static final String PATH = "/q/metrics";

    private static final String METRIC = "tradecanvas_reads_routed_total{";

    /** Sums the lines of the Prometheus text format; 0 where there are none. */
    static RoutedReads parse(String metrics) {
        return new RoutedReads(sum(metrics, "mirror"), sum(metrics, "truth"));
    }

    RoutedReads since(RoutedReads before) {
        return new RoutedReads(mirror - before.mirror, truth - before.truth);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,.0f reads asked PostgreSQL, %,.0f SQLite", mirror, truth);
    }

    private static double sum(String metrics, String source) {
        return metrics.lines()
                .filter(line -> line.startsWith(METRIC) && line.contains("source=\"" + source + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}

package tradecanvas.load.storm;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import tradecanvas.load.client.TextClient;

/**
 * The gateway's own counters, NaN where a server has none.
 *
 * @param reads store reads
 * @param asked subscriptions that wanted one
 */
record HistoryReads(double reads, double asked) {
    private static final String READS = "tradecanvas_gateway_history_reads_total";
    private static final String ASKED = "tradecanvas_gateway_history_asked_total";

    static HistoryReads of(URI base) throws IOException, InterruptedException {
        try (TextClient http = new TextClient()) {
            return parse(new String(http.get(base.resolve("/q/metrics")), StandardCharsets.UTF_8));
        }
    }

    static HistoryReads unknown() {
        return new HistoryReads(Double.NaN, Double.NaN);
    }

    static HistoryReads parse(String metrics) {
        return new HistoryReads(sum(metrics, READS), sum(metrics, ASKED));
    }

    HistoryReads minus(HistoryReads before) {
        return new HistoryReads(reads - before.reads, asked - before.asked);
    }

    private static double sum(String metrics, String name) {
        double[] values = metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toArray();
        double sum = values.length == 0 ? Double.NaN : 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}

package tradecanvas.load.report;

import java.util.Arrays;

/** Medians and percentiles of small samples. Stateless. */
public final class Statistics {
    private Statistics() {}

    /** The median; NaN of nothing. */
    public static double median(double... values) {
        return percentile(0.5, values);
    }

    /** The percentile by linear interpolation between the closest ranks; NaN of nothing. {@code part} is 0..1. */
    public static double percentile(double part, double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double rank = part * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = (int) Math.ceil(rank);
        return sorted[below] + (sorted[above] - sorted[below]) * (rank - below);
    }
}

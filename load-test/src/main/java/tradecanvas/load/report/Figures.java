package tradecanvas.load.report;

import java.util.Locale;

/** Numbers as text: three significant digits where they are small, whole and grouped where they are large. Stateless. */
public final class Figures {
    private Figures() {}

    /** A dash for a figure that is not known. */
    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        if (size >= 1_000 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}

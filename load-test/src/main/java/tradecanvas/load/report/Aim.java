package tradecanvas.load.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * A figure beside what it should be.
 *
 * <p>Shape: {@code atMost} true means that the figure may not exceed the limit, false that it may not fall below.
 */
public record Aim(
        String what, double figure, @JsonProperty("at_most") boolean atMost, double limit, String unit) {
    /** A figure that may not exceed a limit. */
    public static Aim atMost(String what, double figure, double limit, String unit) {
        return new Aim(what, figure, true, limit, unit);
    }

    /** A figure that may not fall below a limit. */
    public static Aim atLeast(String what, double figure, double limit, String unit) {
        return new Aim(what, figure, false, limit, unit);
    }

    /** Whether the figure is known and within its limit. */
    @JsonProperty
    public boolean met() {
        return atMost ? figure <= limit : figure >= limit;
    }

    /** One line for a terminal. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "  %-58s %12s %-12s aim %s %s %s",
                what,
                Figures.text(figure),
                unit,
                atMost ? "<=" : ">=",
                Figures.text(limit),
                met() ? "met" : "MISSED");
    }
}

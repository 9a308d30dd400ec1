package tradecanvas.reconcile.compare;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.Option;
import tradecanvas.store.compare.ComparisonBounds;

/** What is compared, and how fast. */
public final class ScopeOptions {
    @Option(names = "--series", description = "only this series; may be given again (all series)")
    private List<String> series = List.of();

    @Option(
            names = "--rows-per-second",
            defaultValue = "0",
            description = "rows compared a second at most, 0 for as fast as the stores are (${DEFAULT-VALUE})")
    private long rowsPerSecond;

    public ComparisonBounds bounds() {
        return ComparisonBounds.STANDARD.withRowsPerSecondMax(rowsPerSecond);
    }

    public Predicate<String> wanted() {
        Set<String> named = Set.copyOf(series);
        return named.isEmpty() ? _ -> true : named::contains;
    }
}

package tradecanvas.load.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Figures of things that are measured side by side, round after round.
 *
 * <p>A round may lack some of them; ratios are taken within a round, so that what disturbed one measurement disturbed its
 * neighbour too. Threads: one owner.
 */
public final class Rounds<K, F> {
    private final Map<K, SortedMap<Integer, F>> figures = new LinkedHashMap<>();

    /** Keeps what a round measured; once a round and key. */
    public void add(int round, K key, F measured) {
        if (figures.computeIfAbsent(key, _ -> new TreeMap<>()).putIfAbsent(round, measured) != null) {
            throw new IllegalArgumentException("round " + round + " has measured " + key + " already");
        }
    }

    /** What was measured, in the order of its first measurement. */
    public Set<K> keys() {
        return figures.keySet();
    }

    /** All figures of one, in the order of the rounds. */
    public List<F> of(K key) {
        return List.copyOf(byRound(key).values());
    }

    /** The median over the rounds that know the figure; NaN where none does. */
    public double median(K key, ToDoubleFunction<F> figure) {
        return medianOfKnown(byRound(key).values().stream().mapToDouble(figure).toArray());
    }

    /** The median of the ratios within each round. */
    public double ratio(K key, K base, ToDoubleFunction<F> figure) {
        Map<Integer, F> bases = byRound(base);
        return medianOfKnown(byRound(key).entrySet().stream()
                .filter(own -> bases.containsKey(own.getKey()))
                .mapToDouble(own -> figure.applyAsDouble(own.getValue())
                        / figure.applyAsDouble(bases.getOrDefault(own.getKey(), own.getValue())))
                .toArray());
    }

    private SortedMap<Integer, F> byRound(K key) {
        return figures.getOrDefault(key, new TreeMap<>());
    }

    private static double medianOfKnown(double[] values) {
        return Statistics.median(
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray());
    }
}

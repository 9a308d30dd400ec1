package tradecanvas.runtime.metrics;

import java.util.Arrays;

/** Writes a name and its labels as one key, {@code name{a=1,b=2}}, labels by name. */
final class MetricKey {
    private MetricKey() {}

    static String of(String name, String... labels) {
        if (labels.length == 0) {
            return name;
        }
        if (labels.length % 2 != 0) {
            throw new IllegalArgumentException("labels of " + name + " are not pairs: " + Arrays.toString(labels));
        }
        return labels.length == 2 ? name + "{" + labels[0] + "=" + labels[1] + "}" : name + sorted(labels);
    }

    private static String sorted(String... labels) {
        String[] pairs = new String[labels.length / 2];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = labels[2 * i] + "=" + labels[2 * i + 1];
        }
        Arrays.sort(pairs);
        return "{" + String.join(",", pairs) + "}";
    }
}

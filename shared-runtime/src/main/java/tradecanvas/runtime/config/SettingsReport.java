package tradecanvas.runtime.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an operator should know of the settings of this process.
 *
 * @param changed effective values that differ from their defaults, by key, secrets masked
 * @param unused variables of other roles, and those of the contract that no module of this build reads
 * @param unknown variables with our prefix that mean nothing, and the known name that is most like each
 */
record SettingsReport(Map<String, String> changed, Collection<String> unused, Map<String, String> unknown) {
    static SettingsReport of(
            KnownSettings settings,
            Collection<String> environmentNames,
            Function<String, @Nullable String> effectiveValue) {
        TreeSet<String> known = new TreeSet<>(
                settings.all().stream().map(Setting::environmentName).toList());
        List<String> ofRoles = RoleVariables.names();
        TreeSet<String> unused = new TreeSet<>();
        Map<String, String> unknown = new TreeMap<>();
        for (String name : environmentNames) {
            if (!name.startsWith(ContractVariables.PREFIX) || known.contains(name)) {
                continue;
            }
            if (ContractVariables.contains(name) || ofRoles.contains(name)) {
                unused.add(name);
            } else {
                unknown.put(name, nearest(name, ofRoles).orElse(""));
            }
        }
        return new SettingsReport(changed(settings, effectiveValue), unused, unknown);
    }

    private static Map<String, String> changed(
            KnownSettings settings, Function<String, @Nullable String> effectiveValue) {
        Map<String, String> changed = new TreeMap<>();
        for (Setting setting : settings.all()) {
            // null where nobody set it; of a mapping that this process does not use not even the default is known
            String value = effectiveValue.apply(setting.key());
            String unset = setting.normalisedDefault(other -> Double.NEGATIVE_INFINITY);
            if (value != null && !value.equals(unset) && !isExpression(setting)) {
                changed.put(setting.key(), setting.shown(value));
            }
        }
        return changed;
    }

    /** A default that refers to another setting follows it, and is seen there. */
    private static boolean isExpression(Setting setting) {
        return setting.defaultText() != null && setting.defaultText().contains("${");
    }

    private static Optional<String> nearest(String name, Collection<String> ofRoles) {
        List<String> candidates = new ArrayList<>(ofRoles);
        candidates.addAll(ContractVariables.names());
        return candidates.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance, one row at a time. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}

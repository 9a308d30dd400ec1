package tradecanvas.runtime.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of all modules of this process, by key. */
final class KnownSettings {
    private final Map<String, Setting> byKey = new TreeMap<>();

    KnownSettings(List<Class<?>> mappings) {
        for (Class<?> mapping : mappings) {
            for (Setting setting : SettingReader.read(mapping)) {
                Setting same = byKey.putIfAbsent(setting.key(), setting);
                if (same != null && !same.equals(setting)) {
                    throw new IllegalArgumentException("setting " + setting.key() + " has two meanings: " + same
                            + " and, in " + mapping + ", " + setting);
                }
            }
        }
    }

    /** The settings that the modules list; looked up with the context class loader, which in Quarkus sees them all. */
    static KnownSettings discover() {
        return new KnownSettings(ServiceLoader.load(SettingsCatalog.class).stream()
                .flatMap(provider -> provider.get().mappings().stream())
                .toList());
    }

    @Nullable
    Setting find(String key) {
        return byKey.get(key);
    }

    Collection<Setting> all() {
        return byKey.values();
    }
}

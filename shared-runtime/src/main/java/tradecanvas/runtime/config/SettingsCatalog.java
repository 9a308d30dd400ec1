package tradecanvas.runtime.config;

import java.util.List;

/**
 * The settings interfaces of one module, found by {@link java.util.ServiceLoader}.
 *
 * <p>A module that has an {@code @ConfigMapping} interface lists it here, and names its catalog in
 * {@code META-INF/services/tradecanvas.runtime.config.SettingsCatalog}. A mapping that is not listed is parsed as strictly
 * as SmallRye does it.
 */
public interface SettingsCatalog {
    /** Interfaces with {@code @ConfigMapping}; their methods are leaves, groups are mappings of their own. */
    List<Class<?>> mappings();
}

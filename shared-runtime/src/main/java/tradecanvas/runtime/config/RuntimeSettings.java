package tradecanvas.runtime.config;

import java.util.List;

/** The settings of this module. */
public final class RuntimeSettings implements SettingsCatalog {
    @Override
    public List<Class<?>> mappings() {
        return List.of(
                RuntimeConfig.class, SwitchesConfig.class, PostgresConfig.class, RedisConfig.class, WorkerConfig.class);
    }
}

package tradecanvas.readapi.app;

import java.util.List;
import tradecanvas.readapi.candles.PageCacheConfig;
import tradecanvas.readapi.candles.WhitelistConfig;
import tradecanvas.readapi.health.HealthConfig;
import tradecanvas.runtime.config.SettingsCatalog;

/** The settings of the read side. */
public final class ReadSettings implements SettingsCatalog {
    @Override
    public List<Class<?>> mappings() {
        return List.of(WhitelistConfig.class, HealthConfig.class, PageCacheConfig.class);
    }
}

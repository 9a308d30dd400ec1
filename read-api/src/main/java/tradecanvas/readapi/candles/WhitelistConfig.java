package tradecanvas.readapi.candles;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the list of shown series is. */
@ConfigMapping(prefix = "trade-canvas")
public interface WhitelistConfig {
    /** JSON file {@code {"series_ids":[...]}}; a missing file is an empty list. */
    @WithDefault("backend/config/market_whitelist.json")
    Path whitelistPath();
}

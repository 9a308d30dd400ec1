package tradecanvas.readapi.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may ask for the health of a series. */
@ConfigMapping(prefix = "trade-canvas")
public interface HealthConfig {
    /** Opens {@code /api/market/health}; the debug gate opens it as well. */
    @WithDefault("false")
    boolean enableKlineHealthV2();
}

package tradecanvas.gateway.socket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import tradecanvas.runtime.config.AtLeast;

/** How much history a subscription may ask of the store. */
@ConfigMapping(prefix = "trade-canvas")
public interface DeliveryConfig {
    /** Candles a subscribe is sent from the store at most. */
    @WithDefault("5000")
    @AtLeast(100)
    int marketWsCatchupLimit();

    /** Candles read from the store at most to heal one gap. */
    @WithDefault("5000")
    @AtLeast(100)
    int marketGapBackfillReadLimit();
}

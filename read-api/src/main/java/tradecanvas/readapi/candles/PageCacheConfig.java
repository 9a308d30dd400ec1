package tradecanvas.readapi.candles;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import tradecanvas.runtime.config.AtLeast;

/** Encoded answers that are kept for the next reader of the same candles. */
@ConfigMapping(prefix = "trade-canvas")
public interface PageCacheConfig {
    /** Bytes of answers that are kept; 0 keeps none. An answer is used only while its series has not changed. */
    @WithDefault("67108864")
    @AtLeast(0)
    long readCacheBytesMax();

    /** Milliseconds an answer is kept, in case another program writes to the store. */
    @WithDefault("1000")
    @AtLeast(1)
    int readCacheMs();
}

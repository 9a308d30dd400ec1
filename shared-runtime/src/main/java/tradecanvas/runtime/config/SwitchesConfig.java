package tradecanvas.runtime.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which stores the process writes and reads, and how published candles reach other processes. */
@ConfigMapping(prefix = "trade-canvas")
public interface SwitchesConfig {
    /** Uses PostgreSQL at all; the next two need it. */
    @WithDefault("false")
    boolean enablePgStore();

    /** Mirrors every write to PostgreSQL. */
    @WithDefault("false")
    boolean enableDualWrite();

    /** Reads candles from PostgreSQL, as far as it has what was published. */
    @WithDefault("false")
    boolean enablePgRead();

    /** Carries published candles between processes over Redis; off, gateways get them from the worker itself. */
    @WithDefault("false")
    boolean enableWsPubsub();
}

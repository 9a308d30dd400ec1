package tradecanvas.runtime.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where PostgreSQL is and how it is used. */
@ConfigMapping(prefix = "trade-canvas")
public interface PostgresConfig {
    /** Address with user and password, {@code postgresql://user:password@host:port/database}. */
    @Secret
    Optional<String> postgresDsn();

    /** Schema of the tables; letters, digits and underscores, no digit first. */
    @WithDefault("public")
    String postgresSchema();

    /** Seconds until an attempt to connect is given up. */
    @WithDefault("5")
    @AtLeast(0.1)
    double postgresConnectTimeoutS();

    /** Connections that are kept open. */
    @WithDefault("1")
    @AtLeast(1)
    int postgresPoolMinSize();

    /** Connections at most; never less than are kept open. */
    @WithDefault("10")
    @AtLeast(value = 0, key = "trade-canvas.postgres-pool-min-size")
    int postgresPoolMaxSize();

    /** Makes the candles a TimescaleDB hypertable; off uses a plain table. */
    @WithDefault("true")
    boolean postgresTimescale();

    /** Seconds of candle time in one chunk of the hypertable. */
    @WithDefault("604800")
    @AtLeast(1)
    long postgresChunkIntervalS();

    /** Milliseconds until a read is given up; the truth is asked then. */
    @WithDefault("1000")
    @AtLeast(1)
    int postgresReadTimeoutMs();
}

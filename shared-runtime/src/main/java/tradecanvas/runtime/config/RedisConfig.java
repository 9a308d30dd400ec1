package tradecanvas.runtime.config;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where Redis is. */
@ConfigMapping(prefix = "trade-canvas")
public interface RedisConfig {
    /** Address with user and password, {@code redis://user:password@host:port/database}. */
    @Secret
    Optional<String> redisUrl();
}

package tradecanvas.runtime.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Gates and HTTP limits that every role has. */
@ConfigMapping(prefix = "trade-canvas")
public interface RuntimeConfig {
    /** Opens the debug endpoints, the debug socket and the forming post. */
    @WithDefault("false")
    boolean enableDebugApi();

    /** Opens the endpoints under {@code /api/dev}. */
    @WithDefault("false")
    boolean enableDevApi();

    /** Collects runtime metrics and opens the endpoint that shows them. */
    @WithDefault("false")
    boolean enableRuntimeMetrics();

    /** Adds the metrics of bus, mirror, fan-out and databases to the collected ones. */
    @WithDefault("false")
    boolean enableCapacityMetrics();

    /** Origins whose pages may read answers; {@code *} is every origin, an empty value is none. */
    @WithDefault("http://localhost:5173,http://127.0.0.1:5173")
    Optional<List<String>> corsOrigins();

    /** Bytes of a request body; a longer one is refused with 413. */
    @WithDefault("10485760")
    @AtLeast(1024)
    long httpBodyBytesMax();
}

package tradecanvas.runtime.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the other roles reach the worker in another process. */
@ConfigMapping(prefix = "trade-canvas")
public interface WorkerConfig {
    /** The worker's internal listener, {@code http://host:port}. */
    @WithDefault("http://127.0.0.1:8100")
    String workerUrl();

    /** Connections to the worker for reads. */
    @WithDefault("16")
    @AtLeast(1)
    int workerConnectionsMax();

    /** Reads that may wait for a connection to the worker; past it a read is refused. */
    @WithDefault("4096")
    @AtLeast(0)
    int workerReadsWaitingMax();

    /** Milliseconds a read of the worker may take, from the wait for a connection to the last byte. */
    @WithDefault("5000")
    @AtLeast(1)
    int workerTimeoutMs();
}

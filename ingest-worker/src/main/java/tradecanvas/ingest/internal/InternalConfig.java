package tradecanvas.ingest.internal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;
import tradecanvas.runtime.config.AtLeast;

/** Where the worker answers the other roles, and what they may send. */
@ConfigMapping(prefix = "trade-canvas")
public interface InternalConfig {
    /** Address of the internal listener; whoever can reach it can read everything. */
    @WithDefault("127.0.0.1")
    String internalHost();

    /**
     * Port of the internal listener, 0 for any free one; unset it is 8100 in the worker's own process, and closed in the one
     * that holds all roles.
     */
    @AtLeast(0)
    OptionalInt internalPort();

    /** Connections of other processes; past it a new one is closed at once. */
    @WithDefault("256")
    @AtLeast(1)
    int internalConnectionsMax();
}

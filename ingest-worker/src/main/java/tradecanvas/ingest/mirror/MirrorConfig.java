package tradecanvas.ingest.mirror;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import tradecanvas.runtime.config.AtLeast;

/** How the mirror follows the store of record. */
@ConfigMapping(prefix = "trade-canvas")
public interface MirrorConfig {
    /**
     * Milliseconds a durable candle waits for the mirror before it is published all the same. From 100 on, reads in other
     * processes use PostgreSQL; below it they ask the worker.
     */
    @WithDefault("250")
    @AtLeast(0)
    int mirrorWaitMs();

    /** Milliseconds a write to the mirror may take; past it the connection is given up and the write repeated. */
    @WithDefault("5000")
    @AtLeast(100)
    int mirrorTimeoutMs();

    /** Milliseconds between two attempts to reach a mirror that fails, at most; the first is a hundredth of it. */
    @WithDefault("5000")
    @AtLeast(100)
    int mirrorBackoffMaxMs();

    /** Candles of one write to the mirror. */
    @WithDefault("5000")
    @AtLeast(1)
    int mirrorBatchRowsMax();

    /** Writes to the mirror that are under way at once. */
    @WithDefault("4")
    @AtLeast(1)
    int mirrorPipelineMax();

    /** Milliseconds that one write of a backfill should take; its size follows. Live candles wait behind at most one. */
    @WithDefault("50")
    @AtLeast(1)
    int backfillWriteMs();
}

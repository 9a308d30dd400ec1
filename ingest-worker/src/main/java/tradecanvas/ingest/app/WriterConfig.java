package tradecanvas.ingest.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import tradecanvas.runtime.config.AtLeast;

/** The store of record and what may wait for it. */
@ConfigMapping(prefix = "trade-canvas")
public interface WriterConfig {
    /** The SQLite file; its directory is created. */
    @WithDefault("backend/data/market.db")
    Path dbPath();

    /** Seconds a statement waits for another connection's lock. */
    @WithDefault("5")
    @AtLeast(0.1)
    double sqliteTimeoutS();

    /** Threads that read the SQLite file, each with a connection of its own. */
    @WithDefault("4")
    @AtLeast(1)
    int sqliteReadThreads();

    /** Reads that may wait for a thread; past it a read is refused. */
    @WithDefault("4096")
    @AtLeast(1)
    int sqliteReadsWaitingMax();

    /** Closed candles accepted and not answered yet; past it posts are answered 503, unless nothing is under way. */
    @WithDefault("100000")
    @AtLeast(1)
    int ingestRowsMax();
}

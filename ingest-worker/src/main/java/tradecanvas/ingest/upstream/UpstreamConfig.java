package tradecanvas.ingest.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import tradecanvas.runtime.config.AtLeast;

/** Where candles come from besides HTTP. */
@ConfigMapping(prefix = "trade-canvas")
public interface UpstreamConfig {
    /** {@code none}, or {@code replay}: recorded candles are fed as if they were live. */
    @WithDefault("none")
    String upstream();

    /** How many times faster than the clock the replay runs; above 1 it runs ahead of the clock. */
    @WithDefault("1")
    @AtLeast(1)
    double upstreamReplaySpeed();

    /** Candles of history that the replay fills in before it goes live. */
    @WithDefault("2000")
    @AtLeast(1)
    int upstreamReplayHistoryCandles();

    /**
     * What is replayed: {@code series=file} pairs; a file is a path, or {@code classpath:} and a resource. The columns are
     * candle_time, open, high, low, close, volume, with a header.
     */
    @WithDefault("ftx:futures:BTC-PERP:1m=classpath:replay/ftx-btcperp-1m.csv,"
            + "ftx:futures:BTC-PERP:1h=classpath:replay/ftx-btcperp-1h.csv")
    List<String> upstreamReplayFiles();

    /** Milliseconds between two forming updates of a series. */
    @WithDefault("250")
    @AtLeast(0)
    int marketFormingMinIntervalMs();
}

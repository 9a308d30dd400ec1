package tradecanvas.system.process;

import java.net.URI;
import java.nio.file.Path;

/** The embedded default, all roles in one process, on a file of its own. Owner: one test. */
public final class TradeCanvas extends RoleProcess<TradeCanvas> {
    private TradeCanvas(Path directory) {
        super("standalone", directory);
        with("TRADE_CANVAS_DB_PATH", database().toString());
        with("TRADE_CANVAS_UPSTREAM", "none");
        with("TRADE_CANVAS_WHITELIST_PATH", directory.resolve("whitelist.json").toString());
    }

    /** A server that was not started yet, with its files in a directory. */
    public static TradeCanvas in(Path directory) {
        return new TradeCanvas(directory);
    }

    @Override
    TradeCanvas self() {
        return this;
    }

    public URI marketSocket() {
        return URI.create("ws://127.0.0.1:" + port() + "/ws/market");
    }

    public URI debugSocket() {
        return URI.create("ws://127.0.0.1:" + port() + "/ws/debug");
    }

    public Path database() {
        return directory().resolve("market.db");
    }
}

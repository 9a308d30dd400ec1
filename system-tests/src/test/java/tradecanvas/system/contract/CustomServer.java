package tradecanvas.system.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import tradecanvas.system.client.Api;
import tradecanvas.system.process.TradeCanvas;

/**
 * One server with a whitelist, an origin of its own and the debug gate open, but not the one of the metrics. Shared by the
 * contract tests of the run.
 */
final class CustomServer {
    private static final String WHITELIST = """
            {"note": "shown first",
             "series_ids": [" b:spot:Z/USDT:1m ", "a:futures:日本:5m", 7, "b:spot:Z/USDT:1m", "", "  ", null, "not a series"]}
            """;

    private CustomServer() {}

    private static final class Running {
        static final TradeCanvas SERVER = SharedServer.start(CustomServer::configured);
    }

    static TradeCanvas server() {
        return Running.SERVER;
    }

    static Api api() {
        return SharedServer.apiOf(server());
    }

    private static TradeCanvas configured(TradeCanvas server) {
        try {
            Files.writeString(server.database().resolveSibling("whitelist.json"), WHITELIST);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return server.with("TRADE_CANVAS_CORS_ORIGINS", " https://chart.example , https://other.example")
                .with("TRADE_CANVAS_ENABLE_DEBUG_API", "1");
    }
}

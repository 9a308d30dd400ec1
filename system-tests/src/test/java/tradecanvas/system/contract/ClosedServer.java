package tradecanvas.system.contract;

import tradecanvas.system.client.Api;
import tradecanvas.system.process.TradeCanvas;

/** One server as nobody has configured it: every gate closed. Shared by the contract tests of the run. */
final class ClosedServer {
    private ClosedServer() {}

    private static final class Running {
        static final TradeCanvas SERVER = SharedServer.start(server -> server);
    }

    static TradeCanvas server() {
        return Running.SERVER;
    }

    static Api api() {
        return SharedServer.apiOf(server());
    }
}

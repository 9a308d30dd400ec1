package tradecanvas.system.contract;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.process.TradeCanvas;

/** One server whose limits are small enough to be reached. Shared by the contract tests of the run. */
final class LimitedServer {
    static final int MESSAGE_BYTES_MAX = 1024;
    static final int MESSAGES_PER_SECOND_MAX = 50;
    static final int SERIES_PER_SOCKET_MAX = 3;
    static final int SOCKETS_PER_ADDRESS_MAX = 16;
    static final int CATCH_UP_MAX = 100;
    static final int GAP_READ_MAX = 100;

    private LimitedServer() {}

    private static final class Running {
        static final TradeCanvas SERVER = SharedServer.start(LimitedServer::configured);
    }

    static TradeCanvas server() {
        return Running.SERVER;
    }

    static Api api() {
        return SharedServer.apiOf(server());
    }

    static MarketSocket socket() {
        return MarketSocket.connect(SharedServer.HTTP, server().marketSocket());
    }

    /** A client with a loopback address of its own. */
    static HttpClient clientAt(String address) {
        try {
            return HttpClient.newBuilder()
                    .localAddress(InetAddress.getByName(address))
                    .build();
        } catch (UnknownHostException failure) {
            throw new IllegalArgumentException(failure);
        }
    }

    private static TradeCanvas configured(TradeCanvas server) {
        return server.with("TRADE_CANVAS_WS_MESSAGE_BYTES_MAX", text(MESSAGE_BYTES_MAX))
                .with("TRADE_CANVAS_WS_MESSAGES_PER_SECOND_MAX", text(MESSAGES_PER_SECOND_MAX))
                .with("TRADE_CANVAS_WS_SERIES_PER_SOCKET_MAX", text(SERIES_PER_SOCKET_MAX))
                .with("TRADE_CANVAS_WS_SOCKETS_PER_ADDRESS_MAX", text(SOCKETS_PER_ADDRESS_MAX))
                .with("TRADE_CANVAS_WS_SUBSCRIBE_DEADLINE_S", "2")
                .with("TRADE_CANVAS_WS_PING_INTERVAL_MS", "300")
                .with("TRADE_CANVAS_WS_PING_TIMEOUT_MS", "1000")
                .with("TRADE_CANVAS_WS_CLOSE_TIMEOUT_MS", "200")
                .with("TRADE_CANVAS_MARKET_WS_CATCHUP_LIMIT", text(CATCH_UP_MAX))
                .with("TRADE_CANVAS_MARKET_GAP_BACKFILL_READ_LIMIT", text(GAP_READ_MAX))
                .with("TRADE_CANVAS_ENABLE_DEV_API", "1")
                .with("TRADE_CANVAS_ENABLE_RUNTIME_METRICS", "1")
                .with("TRADE_CANVAS_ENABLE_KLINE_HEALTH_V2", "1");
    }

    private static String text(int value) {
        return Integer.toString(value);
    }
}

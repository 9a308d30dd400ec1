package tradecanvas.system.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.process.TradeCanvas;

/** One server with open gates for all contract tests of the run; each test takes series of its own. */
final class SharedServer {
    static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger SERIES = new AtomicInteger();

    private SharedServer() {}

    private static final class Running {
        static final TradeCanvas SERVER = start(TradeCanvas::withOpenGates);
    }

    /** Starts a server that runs until the end of this JVM. */
    static TradeCanvas start(UnaryOperator<TradeCanvas> configured) {
        try {
            TradeCanvas server = configured
                    .apply(TradeCanvas.in(Files.createTempDirectory("trade-canvas-contract")))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static TradeCanvas server() {
        return Running.SERVER;
    }

    static Api api() {
        return apiOf(server());
    }

    static Api apiOf(TradeCanvas server) {
        return new Api(HTTP, server.http());
    }

    static MarketSocket socket() {
        return MarketSocket.connect(HTTP, server().marketSocket());
    }

    /** A series that no other test uses. */
    static String series() {
        return "test:spot:S" + SERIES.incrementAndGet() + "/USDT:1m";
    }

    static @Nullable Long none() {
        return null;
    }
}

package tradecanvas.load.peer;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Fan-out as one would first write it with Vert.x: one event loop, native transport, {@code writeTextMessage} for each
 * socket. It is also what Quarkus websockets-next does underneath. Stores and checks nothing.
 */
public final class VertxPeerMain {
    private final Set<ServerWebSocket> subscribers = new LinkedHashSet<>(); // owner: the one event loop

    private VertxPeerMain() {}

    /** Use: {@code VertxPeerMain PORT}; ends by a signal. */
    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        VertxPeerMain peer = new VertxPeerMain();
        HttpServer server = vertx.createHttpServer(
                new HttpServerOptions().setTcpNoDelay(true).setAcceptBacklog(4096));
        server.webSocketHandler(peer::accept).requestHandler(peer::serve).listen(port, "127.0.0.1");
        new CountDownLatch(1).await();
    }

    private void accept(ServerWebSocket socket) {
        socket.textMessageHandler(_ -> subscribers.add(socket));
        socket.closeHandler(_ -> subscribers.remove(socket));
    }

    private void serve(HttpServerRequest request) {
        if ("/api/market/ingest/candle_closed".equals(request.path())) {
            request.bodyHandler(body -> {
                publish(body);
                json(request, "{\"ok\":true}");
            });
        } else {
            json(request, "{\"series_ids\":[]}");
        }
    }

    private void publish(Buffer body) {
        String message = "{\"type\":\"candle_closed\","
                + body.toString(StandardCharsets.UTF_8).substring(1);
        for (ServerWebSocket subscriber : subscribers) {
            subscriber.writeTextMessage(message);
        }
    }

    private static void json(HttpServerRequest request, String body) {
        request.response().putHeader("Content-Type", "application/json").end(body);
    }
}

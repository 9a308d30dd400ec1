package tradecanvas.readapi.debug;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;
import tradecanvas.runtime.debug.DebugEvent;
import tradecanvas.runtime.debug.DebugEvents;

/**
 * {@code /ws/debug}: the newest debug events, then each new one.
 *
 * <p>A client that does not read is closed with 1013 at {@value #QUEUE_BYTES_MAX} waiting bytes. Threads: event loops;
 * events come from any thread.
 */
@Singleton
final class DebugSocketRoute {
    private static final int QUEUE_BYTES_MAX = 4 << 20;
    private static final short TRY_AGAIN_LATER = 1013;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DebugEvents events;

    DebugSocketRoute(DebugEvents events) {
        this.events = events;
    }

    void open(@Observes Router router) {
        router.route("/ws/debug").handler(this::handle);
    }

    private void handle(RoutingContext routing) {
        if (!"websocket".equalsIgnoreCase(routing.request().getHeader(HttpHeaders.UPGRADE))) {
            routing.next();
        } else if (!events.enabled()) {
            routing.response()
                    .setStatusCode(403)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end("{\"detail\":\"debug_api_disabled\"}");
        } else {
            routing.request().toWebSocket().onSuccess(this::serve);
        }
    }

    private void serve(ServerWebSocket socket) {
        Context context = Objects.requireNonNull(Vertx.currentContext(), "sockets open on an event loop");
        socket.setWriteQueueMaxSize(QUEUE_BYTES_MAX);
        Consumer<DebugEvent> listener = event -> {
            byte[] message = DebugEvents.eventMessage(event);
            context.runOnContext(_ -> send(socket, message));
        };
        socket.textMessageHandler(text -> {
            if (isSubscribe(text)) {
                send(socket, DebugEvents.snapshotMessage(events.snapshot()));
            }
        });
        socket.closeHandler(_ -> events.forget(listener));
        socket.exceptionHandler(_ -> events.forget(listener));
        send(socket, DebugEvents.snapshotMessage(events.listen(listener)));
    }

    private static void send(ServerWebSocket socket, byte[] message) {
        if (socket.isClosed()) {
            return;
        }
        if (socket.writeQueueFull()) {
            socket.close(TRY_AGAIN_LATER, "slow_consumer");
        } else {
            socket.writeTextMessage(new String(message, StandardCharsets.UTF_8));
        }
    }

    private static boolean isSubscribe(String text) {
        try {
            return "subscribe".equals(JSON.readTree(text).path("type").asText());
        } catch (JsonProcessingException notForUs) {
            return false;
        }
    }
}

package tradecanvas.gateway.feed;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.store.remote.InternalApi;

/**
 * The WebSocket to the worker's internal feed, opened again when it is lost. It stays open also while events come over Redis,
 * so that they can come over it at once. Owner: its event loop.
 */
final class WorkerLine {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLine.class);
    private static final int CONNECT_MS_MAX = 1_000;
    private static final int RETRY_MS_FIRST = 100;
    private static final int RETRY_MS_LAST = 2_000;
    /** More than the largest batch that a worker takes. */
    private static final int MESSAGE_BYTES_MAX = 64 << 20;

    /** What the line tells. Called on its event loop. */
    interface Listener {
        void opened();

        void received(byte[] text);

        void lost();
    }

    private final Vertx vertx;
    private final Context loop;
    private final WebSocketClient client;
    private final WebSocketConnectOptions target;
    private final DoubleSupplier random;
    private final Listener listener;
    private @Nullable WebSocket socket;
    private boolean eventsWanted;
    private boolean closed;
    private int retryMs = RETRY_MS_FIRST;
    private boolean told;

    /**
     * @param worker {@code http://host:port} of the internal listener
     * @param gateway the name of this process
     */
    WorkerLine(Vertx vertx, Context loop, URI worker, String gateway, DoubleSupplier random, Listener listener) {
        this.vertx = vertx;
        this.loop = loop;
        this.random = random;
        this.listener = listener;
        client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MS_MAX)
                .setMaxFrameSize(MESSAGE_BYTES_MAX)
                .setMaxMessageSize(MESSAGE_BYTES_MAX)
                .setTcpNoDelay(true));
        target = new WebSocketConnectOptions()
                .setHost(worker.getHost())
                .setPort(worker.getPort() < 0 ? 80 : worker.getPort())
                .setURI(InternalApi.FEED + "?gateway=" + gateway)
                .setTimeout(CONNECT_MS_MAX);
    }

    /** Connects, now and whenever the connection is lost. */
    void open() {
        if (closed) {
            return;
        }
        client.connect(target)
                .onComplete(connected -> loop.runOnContext(_ -> {
                    if (connected.succeeded()) {
                        opened(connected.result());
                    } else {
                        lost(connected.cause().toString());
                    }
                }));
    }

    void reopen(String why) {
        WebSocket open = socket;
        if (open != null) {
            lost(why);
            var _ = open.close();
        }
    }

    void wantEvents(boolean wanted) {
        eventsWanted = wanted;
        if (socket != null) {
            sendEventsWanted();
        }
    }

    boolean isOpen() {
        return socket != null;
    }

    /** Sends a text; what finds the line closed is dropped. */
    void send(String text) {
        if (socket != null) {
            var _ = socket.writeTextMessage(text);
        }
    }

    void close() {
        closed = true;
        if (socket != null) {
            var _ = socket.close();
        }
        var _ = client.close();
    }

    private void opened(WebSocket open) {
        if (closed) {
            var _ = open.close();
            return;
        }
        socket = open;
        retryMs = RETRY_MS_FIRST;
        told = false;
        LOG.info("worker feed opened worker={}:{}", target.getHost(), target.getPort());
        open.textMessageHandler(text -> {
            if (open.equals(socket)) {
                listener.received(text.getBytes(StandardCharsets.UTF_8));
            }
        });
        open.closeHandler(_ -> {
            if (open.equals(socket)) {
                lost("closed code=" + open.closeStatusCode() + " reason=" + open.closeReason());
            }
        });
        open.exceptionHandler(failure -> LOG.debug("worker feed failed", failure));
        sendEventsWanted();
        listener.opened();
    }

    private void sendEventsWanted() {
        send("{\"type\":\"events\",\"on\":" + eventsWanted + "}");
    }

    private void lost(String why) {
        boolean wasOpen = socket != null;
        socket = null;
        if (closed) {
            return;
        }
        if (!told) {
            told = true;
            LOG.warn("worker feed away worker={}:{} cause={}", target.getHost(), target.getPort(), why);
        }
        if (wasOpen) {
            listener.lost();
        }
        long pauseMs = 1 + (long) (retryMs * random.getAsDouble());
        retryMs = Math.min(RETRY_MS_LAST, retryMs * 2);
        vertx.setTimer(pauseMs, _ -> loop.runOnContext(_ -> open()));
    }
}

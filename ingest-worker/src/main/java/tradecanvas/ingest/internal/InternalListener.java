package tradecanvas.ingest.internal;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.store.remote.InternalApi;

/**
 * The worker's HTTP server for the other roles, apart from the public one. One event loop serves it.
 *
 * <p>Bounds: connections (refused by closing them), the request line, headers and bodies (414, 431, 413), idle time. Owner:
 * the wiring, which opens and closes it; figures from any thread.
 */
public final class InternalListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InternalListener.class);

    /** The longest series id is 4,608 characters in a query. */
    private static final int REQUEST_LINE_CHARS_MAX = 8_192;

    private static final int HEADER_BYTES_MAX = 8_192;
    private static final int BODY_BYTES_MAX = 1 << 20;

    /** Of a WebSocket message that comes in: 1,000 of the longest series ids with every character escaped are 3 MB. */
    private static final int MESSAGE_BYTES_MAX = 4 << 20;

    /** A WebSocket whose other end does not answer the close frame is cut. */
    private static final int SOCKET_CLOSE_S_MAX = 2;

    /** Longer than clients keep an idle connection, so that they end it and not we. */
    private static final int IDLE_S_MAX = 75;

    private static final int START_S_MAX = 10;
    private static final Duration DRAIN_MAX = Duration.ofSeconds(3);

    private final String host;
    private final int connectionsMax;
    private final HttpServer server;
    private final Phaser underWay = new Phaser(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder requests = new LongAdder();
    private final LongAdder refusedConnections = new LongAdder();
    private volatile boolean draining;

    private InternalListener(Vertx vertx, InternalConfig config, int port, List<InternalRoute> routes) {
        host = config.internalHost();
        connectionsMax = config.internalConnectionsMax();
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setMaxInitialLineLength(REQUEST_LINE_CHARS_MAX)
                        .setMaxHeaderSize(HEADER_BYTES_MAX)
                        .setIdleTimeout(IDLE_S_MAX)
                        .setHttp2ClearTextEnabled(false)
                        .setMaxWebSocketFrameSize(MESSAGE_BYTES_MAX)
                        .setMaxWebSocketMessageSize(MESSAGE_BYTES_MAX)
                        .setWebSocketClosingTimeout(SOCKET_CLOSE_S_MAX)
                        .setPerFrameWebSocketCompressionSupported(false)
                        .setPerMessageWebSocketCompressionSupported(false)
                        .setTcpNoDelay(true))
                .connectionHandler(this::admit)
                .requestHandler(router(vertx, routes));
    }

    /**
     * Opens the listener and returns once it takes connections.
     *
     * @throws IllegalStateException where it cannot, with the reason
     */
    public static InternalListener open(Vertx vertx, InternalConfig config, int port, List<InternalRoute> routes) {
        InternalListener listener = new InternalListener(vertx, config, port, routes);
        String address = config.internalHost() + ":" + port;
        try {
            await(listener.server.listen(), START_S_MAX);
        } catch (ExecutionException | TimeoutException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new IllegalStateException(
                    "internal listener cannot open " + address + ": " + cause.getMessage(), cause);
        }
        LOG.info("internal listener opened host={} port={}", config.internalHost(), listener.port());
        return listener;
    }

    /** The port that it listens on, also where any was asked for. */
    public int port() {
        return server.actualPort();
    }

    public int connections() {
        return connections.get();
    }

    public long requests() {
        return requests.sum();
    }

    /** Connections closed at once, at the bound. */
    public long refusedConnections() {
        return refusedConnections.sum();
    }

    /** Whether further requests are refused. */
    boolean isDraining() {
        return draining;
    }

    /** Refuses further requests, lets those under way be answered for a while, and closes. */
    @Override
    public void close() {
        draining = true;
        try {
            underWay.awaitAdvanceInterruptibly(underWay.arrive(), DRAIN_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLong) {
            LOG.warn("internal requests cut off ms={}", DRAIN_MAX.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            await(server.close(), START_S_MAX);
            LOG.info("internal listener closed host={}", host);
        } catch (ExecutionException | TimeoutException failure) {
            LOG.warn("internal listener not closed host={}", host, failure);
        }
    }

    private void admit(HttpConnection connection) {
        int open = connections.incrementAndGet();
        connection.closeHandler(_ -> connections.decrementAndGet());
        if (open > connectionsMax) {
            refusedConnections.increment();
            connection.close();
        }
    }

    private Router router(Vertx vertx, List<InternalRoute> routes) {
        Router router = Router.router(vertx);
        router.route().handler(this::take);
        routes.stream()
                .filter(InternalRoute::socket)
                .forEach(route -> router.route(route.method(), route.path()).handler(route.handler()));
        router.route().handler(this::count);
        router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
        routes.stream()
                .filter(route -> !route.socket())
                .forEach(route -> router.route(route.method(), route.path()).handler(route.handler()));
        router.route().failureHandler(InternalListener::fail);
        router.errorHandler(404, request -> InternalAnswers.refuse(request, 404, "Not Found"));
        router.errorHandler(405, wrongMethod(routes));
        return router;
    }

    private void take(RoutingContext request) {
        requests.increment();
        if (draining) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
            InternalAnswers.refuse(request, 503, InternalApi.SHUTTING_DOWN);
        } else {
            request.next();
        }
    }

    private void count(RoutingContext request) {
        underWay.register();
        request.addEndHandler(_ -> underWay.arriveAndDeregister());
        request.next();
    }

    private static Handler<RoutingContext> wrongMethod(List<InternalRoute> routes) {
        return request -> {
            String allowed = routes.stream()
                    .filter(route -> route.path().equals(request.request().path()))
                    .map(route -> route.method().name())
                    .sorted()
                    .collect(Collectors.joining(", "));
            request.response().putHeader(HttpHeaders.ALLOW, allowed);
            InternalAnswers.refuse(request, 405, "Method Not Allowed");
        };
    }

    private static void fail(RoutingContext request) {
        Throwable failure = request.failure();
        if (request.statusCode() == 413) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close"); // the rest of the body stays unread
            InternalAnswers.refuse(request, 413, "payload_too_large");
        } else if (failure != null) {
            InternalAnswers.fail(request, failure);
        } else {
            request.next();
        }
    }

    private static void await(Future<?> done, int secondsMax) throws ExecutionException, TimeoutException {
        try {
            done.toCompletionStage().toCompletableFuture().get(secondsMax, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}

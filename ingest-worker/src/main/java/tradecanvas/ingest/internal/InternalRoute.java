package tradecanvas.ingest.internal;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * One endpoint of the internal listener.
 *
 * @param path exact, beginning with {@code /internal/}
 * @param handler runs on the listener's event loop and must not block; {@link InternalAnswers} writes what it says. What it
 *     throws becomes 400 for refused input and else 500
 * @param socket whether the handler turns the request into a WebSocket, which closing the listener does not wait for
 */
public record InternalRoute(HttpMethod method, String path, Handler<RoutingContext> handler, boolean socket) {
    public InternalRoute {
        if (!path.startsWith("/internal/")) {
            throw new IllegalArgumentException("path " + path + " is not below /internal/");
        }
    }

    /** An endpoint that answers. */
    public InternalRoute(HttpMethod method, String path, Handler<RoutingContext> handler) {
        this(method, path, handler, false);
    }

    /** An endpoint that becomes a WebSocket; its feature closes it before the listener is closed. */
    public static InternalRoute socket(String path, Handler<RoutingContext> handler) {
        return new InternalRoute(HttpMethod.GET, path, handler, true);
    }
}

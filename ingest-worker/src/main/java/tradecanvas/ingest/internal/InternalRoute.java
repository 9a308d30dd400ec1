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
 */
public record InternalRoute(HttpMethod method, String path, Handler<RoutingContext> handler) {
    public InternalRoute {
        if (!path.startsWith("/internal/")) {
            throw new IllegalArgumentException("path " + path + " is not below /internal/");
        }
    }
}

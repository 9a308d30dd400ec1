package tradecanvas.runtime.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import tradecanvas.runtime.config.RuntimeConfig;

/**
 * What happens to every request before and after the resources: cross-origin headers, refusal while shutting down, the
 * body's bound, paths with a slash too many, and the envelope for errors that never reach a resource.
 */
@Singleton
public final class HttpEdge {
    private static final int BEFORE_EVERYTHING = 1_000_000;
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");
    private static final String API = "/api/";
    private static final String CHUNKED = "chunked";

    private final RuntimeConfig config;
    private final ShutdownGate shutdown;
    private final Handler<RoutingContext> boundedBody;

    public HttpEdge(RuntimeConfig config, ShutdownGate shutdown) {
        this.config = config;
        this.shutdown = shutdown;
        boundedBody = BodyHandler.create(false).setBodyLimit(config.httpBodyBytesMax());
    }

    void register(@Observes Filters filters) {
        CrossOrigin crossOrigin =
                new CrossOrigin(Set.copyOf(config.corsOrigins().orElse(List.of())));
        filters.register(crossOrigin::handle, BEFORE_EVERYTHING);
        filters.register(this::admit, BEFORE_EVERYTHING - 1);
    }

    void register(@Observes Router router) {
        router.route().order(-BEFORE_EVERYTHING).failureHandler(HttpEdge::fail);
        for (int status : new int[] {400, 404, 405, 406, 413, 414, 415, 431, 500, 503}) {
            router.errorHandler(status, HttpEdge::fail);
        }
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = Objects.requireNonNullElse(request.path(), "");
        if (shutdown.isClosed()) {
            answer(context.response(), 503, "server_shutting_down");
        } else if (isTooLong(request)) {
            answer(context.response(), 413, ErrorText.ofStatus(413));
        } else if (path.startsWith(API) && path.endsWith("/")) {
            String query = request.query() == null ? "" : "?" + request.query();
            context.response()
                    .setStatusCode(307)
                    .putHeader(HttpHeaders.LOCATION, withoutTrailingSlashes(path) + query)
                    .end();
        } else {
            if (path.startsWith(API)) { // every answer is JSON, whatever a client would rather have
                request.headers().remove(HttpHeaders.ACCEPT);
            }
            readBody(context);
        }
    }

    /** Reads a body of unknown length up to the bound; one of known length is left to whoever needs it. */
    private void readBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        String encoding = request.getHeader(HttpHeaders.TRANSFER_ENCODING);
        if (encoding == null) {
            context.next();
        } else if (encoding.equalsIgnoreCase(CHUNKED)) {
            request.resume(); // Quarkus pauses it for whoever reads the body, which is us
            boundedBody.handle(context);
        } else {
            answer(context.response(), 400, ErrorText.ofStatus(400));
        }
    }

    private static String withoutTrailingSlashes(String path) {
        int end = path.length();
        while (path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private boolean isTooLong(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null
                && (!DIGITS.matcher(length).matches() || Long.parseLong(length) > config.httpBodyBytesMax());
    }

    private static void fail(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended()) {
            return;
        }
        if (response.headWritten()) {
            response.end();
            return;
        }
        Throwable failure = context.failure();
        int status = isBodyBroken(context) ? 400 : context.statusCode();
        if (failure instanceof HttpError refused) {
            answer(response, refused.status(), refused.detail());
        } else if (failure == null || (status >= 400 && status < 500)) {
            answer(response, status, ErrorText.ofStatus(status));
        } else {
            answer(response, 500, ErrorText.ofUnexpected(failure));
        }
    }

    /** Chunks that cannot be read fail a request before its end; nothing of ours does. */
    private static boolean isBodyBroken(RoutingContext context) {
        HttpServerRequest request = context.request();
        return context.failure() != null
                && !request.isEnded()
                && request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private static void answer(HttpServerResponse response, int status, String detail) {
        if (status == 413) {
            response.putHeader(HttpHeaders.CONNECTION, "close"); // the rest of the body stays unread
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JsonResponses.JSON)
                .end(Buffer.buffer(JsonResponses.errorBody(detail)));
    }
}

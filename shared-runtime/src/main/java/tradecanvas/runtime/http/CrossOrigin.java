package tradecanvas.runtime.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Lets pages of other origins read answers, and answers the question that browsers ask beforehand.
 *
 * <p>Threads: any. An origin that is not allowed is still answered, but without the header that lets a page read it.
 */
final class CrossOrigin {
    private static final String ANY = "*";
    private static final Set<String> METHODS = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");
    private static final String METHODS_TEXT = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
    private static final String PREFLIGHT_VALID_S = "600";

    private final Set<String> origins;

    CrossOrigin(Set<String> origins) {
        this.origins = origins;
    }

    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        boolean allowed = origins.contains(ANY) || origins.contains(origin);
        if (allowed) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.headers().add(HttpHeaders.VARY, "Origin");
        }
        String method = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        if (request.method().equals(HttpMethod.OPTIONS) && method != null) {
            preflight(request, response, allowed, method);
        } else {
            context.next();
        }
    }

    private static void preflight(
            HttpServerRequest request, HttpServerResponse response, boolean originAllowed, String method) {
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS_TEXT);
        response.putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_VALID_S);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8");
        String headers = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        if (headers != null) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
        }
        if (!originAllowed) {
            response.setStatusCode(400).end("Disallowed CORS origin");
        } else if (!METHODS.contains(method)) {
            response.setStatusCode(400).end("Disallowed CORS method");
        } else {
            response.setStatusCode(200).end("OK");
        }
    }
}

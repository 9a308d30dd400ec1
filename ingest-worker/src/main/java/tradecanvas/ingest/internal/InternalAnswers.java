package tradecanvas.ingest.internal;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.http.JsonResponses;
import tradecanvas.runtime.http.ValidationException;
import tradecanvas.store.api.StoreOverloadedException;
import tradecanvas.store.api.StoreUnavailableException;

/** Writes the answers of internal endpoints. Threads: any; what leaves does so on the event loop of the connection. */
public final class InternalAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(InternalAnswers.class);

    private InternalAnswers() {}

    /** Answers with what a stage gives; the JSON is written on the thread that completes it. */
    public static <T> void whenDone(RoutingContext request, CompletionStage<T> stage, Function<T, JsonBuffer> json) {
        Context loop = request.vertx().getOrCreateContext();
        var _ = stage.thenApply(value -> json.apply(value).toByteArray())
                .whenComplete((body, failure) -> loop.runOnContext(_ -> {
                    if (failure == null) {
                        send(request.response(), 200, body);
                    } else {
                        fail(request, failure);
                    }
                }));
    }

    /** Answers with JSON. */
    public static void ok(RoutingContext request, JsonBuffer json) {
        send(request.response(), 200, json.toByteArray());
    }

    /** Answers with a refusal, {@code {"detail": text}}. */
    public static void refuse(RoutingContext request, int status, String detail) {
        send(request.response(), status, JsonResponses.errorBody(detail));
    }

    /** Answers for a failure; one that nobody expected is logged here. */
    static void fail(RoutingContext request, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        switch (cause) {
            case ValidationException invalid -> send(request.response(), 400, invalid.toJson());
            case HttpError refused -> refuse(request, refused.status(), refused.detail());
            case StoreOverloadedException _ -> refuse(request, 503, "store_overloaded");
            case StoreUnavailableException _ -> refuse(request, 503, "store_unavailable");
            default -> {
                LOG.error("internal request failed path={}", request.request().path(), cause);
                refuse(request, 500, "store_failed");
            }
        }
    }

    private static void send(HttpServerResponse response, int status, byte[] body) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, JsonResponses.JSON)
                    .end(Buffer.buffer(body));
        }
    }
}

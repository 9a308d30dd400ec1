package tradecanvas.store.remote;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreOverloadedException;
import tradecanvas.store.api.StoreUnavailableException;

/**
 * One request and its answer, within the time and the bytes it may take. Whatever ends it first decides; what comes later
 * is dropped.
 *
 * <p>Owner: the event loop of its connection; the timer may run on another one.
 */
final class Exchange<T> {
    private static final int OK = 200;
    private static final int OVERLOADED = 503;

    private final Vertx vertx;
    private final RemoteBounds bounds;
    private final AnswerReader<T> reader;
    private final CompletableFuture<T> promise = new CompletableFuture<>();
    private final Buffer body = Buffer.buffer();

    Exchange(Vertx vertx, RemoteBounds bounds, AnswerReader<T> reader) {
        this.vertx = vertx;
        this.bounds = bounds;
        this.reader = reader;
    }

    CompletionStage<T> start(Future<HttpClientRequest> connected, Buffer sent) {
        long timeoutMs = bounds.timeout().toMillis();
        long timer = vertx.setTimer(
                timeoutMs,
                _ -> promise.completeExceptionally(
                        new StoreUnavailableException("worker did not answer within " + timeoutMs + " ms")));
        var _ = promise.whenComplete((_, _) -> vertx.cancelTimer(timer));
        connected.onSuccess(request -> send(request, sent)).onFailure(this::notConnected);
        return promise;
    }

    private void send(HttpClientRequest request, Buffer sent) {
        if (promise.isDone()) {
            request.reset();
            return;
        }
        var _ = promise.whenComplete((_, failure) -> {
            if (failure != null) {
                request.reset(); // the rest of the answer is not waited for
            }
        });
        Future<HttpClientResponse> answered = sent.length() == 0 ? request.send() : request.send(sent);
        answered.onSuccess(this::receive).onFailure(this::broken);
    }

    private void receive(HttpClientResponse response) {
        response.handler(this::append).exceptionHandler(this::broken).endHandler(_ -> complete(response.statusCode()));
    }

    private void append(Buffer chunk) {
        if (body.length() + chunk.length() <= bounds.answerBytesMax()) {
            body.appendBuffer(chunk);
        } else {
            promise.completeExceptionally(
                    new RemoteStoreException("worker's answer exceeds " + bounds.answerBytesMax() + " bytes"));
        }
    }

    private void complete(int status) {
        if (promise.isDone()) {
            return;
        }
        try {
            if (status == OK) {
                promise.complete(Answers.parse(body.getBytes(), reader));
            } else {
                promise.completeExceptionally(refusal(status));
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            promise.completeExceptionally(
                    new RemoteStoreException("worker's answer cannot be read: " + unreadable.getMessage(), unreadable));
        }
    }

    private StoreException refusal(int status) {
        String detail = detail();
        String message = "worker answered " + status + (detail == null ? "" : " " + detail);
        if (status != OVERLOADED) {
            return new RemoteStoreException(message);
        }
        return InternalApi.SHUTTING_DOWN.equals(detail)
                ? new StoreUnavailableException(message)
                : new StoreOverloadedException(message);
    }

    private @Nullable String detail() {
        try {
            return Answers.parse(body.getBytes(), Answers::detail);
        } catch (IOException | IllegalArgumentException notOurEnvelope) {
            return null;
        }
    }

    private void notConnected(Throwable failure) {
        promise.completeExceptionally(
                switch (failure) {
                    case ConnectionPoolTooBusyException _ ->
                        new StoreOverloadedException(
                                bounds.waitingMax() + " requests wait for the worker, no more may");
                    case TimeoutException _ ->
                        new StoreUnavailableException("no connection to the worker was free in time", failure);
                    default ->
                        new StoreUnavailableException(
                                "worker cannot be reached: " + failure.getMessage(), new UnreachableException(failure));
                });
    }

    private void broken(Throwable failure) {
        promise.completeExceptionally(new StoreUnavailableException(
                "connection to the worker broke before its answer: " + failure.getMessage(), failure));
    }
}

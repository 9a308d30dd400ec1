package tradecanvas.store.remote;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A real HTTP server that answers as a test says. Owner: one test. */
final class FakeWorker implements AutoCloseable {
    /** What was asked, path and query, in order. */
    final Queue<String> asked = new ConcurrentLinkedQueue<>();

    final AtomicInteger connections = new AtomicInteger();
    volatile Consumer<HttpServerRequest> answer = request -> request.response().end("{}");

    private final HttpServer server;

    FakeWorker(Vertx vertx) {
        server = vertx.createHttpServer()
                .connectionHandler((HttpConnection _) -> connections.incrementAndGet())
                .requestHandler(request -> {
                    asked.add(request.uri());
                    answer.accept(request);
                });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    FakeWorker answers(int status, String body) {
        answer = request -> request.response().setStatusCode(status).end(body);
        return this;
    }

    FakeWorker isSilent() {
        answer = _ -> {};
        return this;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}

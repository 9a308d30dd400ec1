package tradecanvas.store.remote;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.wire.JsonBuffer;

/**
 * Requests to the worker over a few HTTP/1.1 connections that are kept.
 *
 * <p>Threads: any; stages complete on an event loop, at the latest after the timeout. Errors:
 * {@link tradecanvas.store.api.StoreOverloadedException} where too many requests wait or the worker says so,
 * {@link tradecanvas.store.api.StoreUnavailableException} where there is no answer, else {@link RemoteStoreException}.
 */
final class WorkerHttp implements AutoCloseable {
    private static final int CONNECT_MS_MAX = 1_000;

    /** Shorter than the worker keeps an idle connection, so that a request seldom meets one that is being closed. */
    private static final int KEEP_ALIVE_S = 30;

    private final Vertx vertx;
    private final RemoteBounds bounds;
    private final HttpClient client;

    WorkerHttp(Vertx vertx, URI worker, RemoteBounds bounds) {
        this.vertx = vertx;
        this.bounds = bounds;
        HttpClientOptions options = new HttpClientOptions()
                .setDefaultHost(host(worker))
                .setDefaultPort(worker.getPort() < 0 ? 80 : worker.getPort())
                .setConnectTimeout((int) Math.max(1, Math.min(CONNECT_MS_MAX, timeoutMs() / 2)))
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_S)
                .setTcpNoDelay(true);
        PoolOptions pool =
                new PoolOptions().setHttp1MaxSize(bounds.connectionsMax()).setMaxWaitQueueSize(bounds.waitingMax());
        client = vertx.createHttpClient(options, pool);
    }

    /**
     * Checks the address of a worker.
     *
     * @throws IllegalArgumentException where it is not {@code http://host:port}
     */
    static URI requireWorker(URI worker) {
        boolean bare = worker.getRawQuery() == null
                && worker.getRawUserInfo() == null
                && ("".equals(worker.getRawPath()) || "/".equals(worker.getRawPath()));
        if (!"http".equalsIgnoreCase(worker.getScheme()) || worker.getHost() == null || !bare) {
            throw new IllegalArgumentException("worker address '" + worker + "' is not http://host:port");
        }
        return worker;
    }

    /** Asks for a path with its query, and reads the answer's bytes on the event loop that received them. */
    <T> CompletionStage<T> get(String pathAndQuery, AnswerReader<T> reader) {
        return ask(HttpMethod.GET, pathAndQuery, Buffer.buffer(), reader);
    }

    /** As {@link #get}, with a body. */
    <T> CompletionStage<T> post(String path, JsonBuffer body, AnswerReader<T> reader) {
        return ask(HttpMethod.POST, path, Buffer.buffer(body.toByteArray()), reader);
    }

    private <T> CompletionStage<T> ask(HttpMethod method, String uri, Buffer body, AnswerReader<T> reader) {
        RequestOptions request =
                new RequestOptions().setMethod(method).setURI(uri).setConnectTimeout(timeoutMs());
        return new Exchange<>(vertx, bounds, reader).start(client.request(request), body);
    }

    @Override
    public void close() {
        var _ = client.close();
    }

    private long timeoutMs() {
        return bounds.timeout().toMillis();
    }

    private static String host(URI worker) {
        String host = Objects.requireNonNull(requireWorker(worker).getHost());
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host; // an IPv6 address
    }
}

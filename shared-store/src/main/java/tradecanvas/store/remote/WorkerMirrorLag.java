package tradecanvas.store.remote;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Asks the worker how far its mirror is, on a connection of its own: reads that wait do not delay it.
 *
 * <p>Threads: any; stages complete on an event loop, at the latest after a second. Errors as {@link RemoteCandleReader}.
 */
public final class WorkerMirrorLag implements LeasedFreshness.LagSource, AutoCloseable {
    private static final RemoteBounds BOUNDS =
            RemoteBounds.STANDARD.withConnectionsMax(1).withWaitingMax(1).withTimeout(Duration.ofSeconds(1));

    private final WorkerHttp worker;

    /** @param worker {@code http://host:port} of the internal listener */
    public WorkerMirrorLag(Vertx vertx, URI worker) {
        this.worker = new WorkerHttp(vertx, worker, BOUNDS);
    }

    @Override
    public CompletionStage<MirrorLag> ask() {
        return worker.get(InternalApi.MIRROR_LAG, Answers::lag);
    }

    @Override
    public void close() {
        worker.close();
    }
}

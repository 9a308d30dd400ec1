package tradecanvas.ingest.mirror;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.MirrorSession;
import tradecanvas.store.outbox.MirrorStore;

/** A mirror whose schema is prepared before it is claimed, once, in case it could not be reached at the start. */
public final class PreparedMirror implements MirrorStore {
    private final MirrorStore mirror;
    private final Runnable prepare;
    private volatile boolean prepared;

    /** @param prepare blocks until the schema is there, or throws */
    public PreparedMirror(MirrorStore mirror, Runnable prepare, boolean prepared) {
        this.mirror = mirror;
        this.prepare = prepare;
        this.prepared = prepared;
    }

    @Override
    public CompletionStage<MirrorSession> claim(Fence fence) {
        if (prepared) {
            return mirror.claim(fence);
        }
        return CompletableFuture.runAsync(prepare, Thread::startVirtualThread).thenCompose(_ -> {
            prepared = true;
            return mirror.claim(fence);
        });
    }
}

package tradecanvas.ingest.mirror;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.MirrorSession;
import tradecanvas.store.outbox.MirrorStore;

/** A mirror whose schema is prepared before it is claimed, in case it could not be reached at the start. Threads: any. */
public final class PreparedMirror implements MirrorStore {
    private final MirrorStore mirror;
    private final Runnable prepare;
    /** The attempt that is under way or has succeeded; guarded by this. */
    private CompletableFuture<Void> preparation;

    /** @param prepare blocks until the schema is there, or throws; one call is under way at a time */
    public PreparedMirror(MirrorStore mirror, Runnable prepare, boolean prepared) {
        this.mirror = mirror;
        this.prepare = prepare;
        this.preparation = prepared
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new IllegalStateException("not prepared yet"));
    }

    @Override
    public CompletionStage<MirrorSession> claim(Fence fence, boolean takeOver) {
        return prepared().thenCompose(_ -> mirror.claim(fence, takeOver));
    }

    private synchronized CompletableFuture<Void> prepared() {
        if (preparation.isCompletedExceptionally()) {
            preparation = CompletableFuture.runAsync(prepare, Thread::startVirtualThread);
        }
        return preparation;
    }
}

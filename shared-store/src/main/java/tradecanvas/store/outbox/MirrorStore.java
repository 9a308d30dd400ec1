package tradecanvas.store.outbox;

import java.util.concurrent.CompletionStage;

/** The store that must become equal to the truth. */
public interface MirrorStore {
    /**
     * Claims the mirror: from now on writes of earlier sessions are refused, also those that are still on their way.
     *
     * <p>Threads: any. Errors: {@link MirrorFencedException} where a later epoch of the same truth has claimed it, or
     * another truth that may not be replaced,
     * {@link tradecanvas.store.api.StoreUnavailableException} where it cannot be reached. The stage may never complete
     * while the server hangs; a caller that has given up must close the session that still comes.
     *
     * @param takeOver whether another truth may be replaced: that of a worker that was started earlier
     */
    CompletionStage<MirrorSession> claim(Fence fence, boolean takeOver);
}

package tradecanvas.store.outbox;

import java.util.concurrent.CompletionStage;

/** Tells how far the mirror follows. Threads: any. Errors: {@link tradecanvas.store.api.StoreException}. */
@FunctionalInterface
public interface MirrorPositions {
    /** The position at a moment during the call. */
    CompletionStage<MirrorPosition> position();
}

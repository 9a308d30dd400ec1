package tradecanvas.store.outbox;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One connection to the mirror. Calls are sent without waiting for each other and take effect in their order; each is
 * atomic, and its stage completes when the mirror has committed it.
 *
 * <p>Threads: one caller at a time. Errors: {@link MirrorRefusedException} where the mirror refuses the content,
 * {@link MirrorFencedException} where a later session has claimed it, and else
 * {@link tradecanvas.store.api.StoreUnavailableException}, after which the session must be closed.
 */
public interface MirrorSession extends AutoCloseable {
    /** Inserts or overwrites rows; each key at most once in the list, which is not empty. */
    CompletionStage<Void> save(List<MirrorRow> rows);

    /** Deletes the rows of a series in the closed range whose times are not among those to keep. */
    CompletionStage<Void> delete(String seriesId, long from, long to, List<Long> keep);

    /** Gives the connection up, also one that hangs; does not wait. */
    @Override
    void close();
}

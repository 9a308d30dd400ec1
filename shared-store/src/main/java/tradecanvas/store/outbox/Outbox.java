package tradecanvas.store.outbox;

import java.util.List;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.candle.Candle;

/**
 * The truth as its mirror's thread sees it: the changes that wait, and what the truth holds where they happened.
 *
 * <p>Threads: the methods that return values block and belong to the mirror's thread; stages come from the writer. Errors:
 * {@link tradecanvas.store.api.StoreException}.
 */
public interface Outbox {
    /** Who writes the mirror: this file, in its present epoch. */
    Fence fence();

    /** What the mirror has and has not; shared with whoever asks for it. */
    MirrorProgress progress();

    /** How far the mirror follows: everything that a read before this call could see is at most its committed change. */
    MirrorPosition position();

    /** Changes after a sequence number, ascending, at most {@code max}. */
    List<OutboxEntry> entries(long afterSeq, int max);

    /** What the truth holds now in a closed range of a series, ascending, the oldest {@code max}. */
    List<Candle> candles(String seriesId, long from, long to, int max);

    /**
     * The mirror has these changes and all before them. They leave the file with one of the next commits; those that are
     * still there after a crash are mirrored once more.
     */
    void acknowledge(List<OutboxEntry> entries);

    /** Removes what is acknowledged from the file now; else the next write of anything does. */
    CompletionStage<Void> removeAcknowledged();

    /** Keeps changes that the mirror refuses, so that those behind them can go on. */
    CompletionStage<Void> quarantine(List<Quarantined> refused);

    /** Takes candles out of quarantine that the mirror has accepted after all. */
    CompletionStage<Void> release(String seriesId, List<Long> times);

    /** The newest changes in quarantine. */
    List<Quarantined> quarantined(int max);

    /** Changes in quarantine. */
    long quarantinedCount();

    /** Moves everything from quarantine back into the outbox, to be tried once more. */
    CompletionStage<Void> retryQuarantined();

    /** Ids of series in the truth after one, ascending by their bytes, at most {@code max}. */
    List<String> series(String afterSeriesId, int max);

    /** Candles of the whole truth, by a walk over all of them. Threads: any; the mirror's goes on meanwhile. */
    long candleCount();

    /** The backfill that was asked for, running or finished; one without a start where there was none. */
    BackfillState backfill();

    /** Keeps how far a backfill is. */
    CompletionStage<Void> saveBackfill(BackfillState state);

    /** Whether this truth was mirrored to this database before. */
    boolean knowsMirror(String database);

    /**
     * Remembers that this truth is mirrored to a database. One that is new to it was given nothing yet, so its backfill is
     * done only if there is nothing to give.
     */
    CompletionStage<Void> rememberMirror(String database);
}

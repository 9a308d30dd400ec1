package tradecanvas.ingest.mirror;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.candle.Candle;
import tradecanvas.store.outbox.BackfillState;
import tradecanvas.store.outbox.BackfillState.Phase;
import tradecanvas.store.outbox.MirrorRow;
import tradecanvas.store.outbox.Outbox;

/**
 * Copies the candles that the truth held before it had a mirror, series by series, oldest first.
 *
 * <p>It gives the mirror's thread one chunk at a time, while no change waits, or every fifth of a second while the mirror
 * keeps up with the changes: so a live write never waits behind more than one chunk, and what a chunk overwrites is never newer than what it holds. Chunks grow and shrink towards the
 * time that one should take; where even the smallest takes longer, there are pauses. How far it is survives a crash; the
 * last second may be copied again. Threads: the mirror's for chunks, any for the rest.
 */
final class Backfill {
    private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);
    private static final int CHUNK_ROWS_FIRST = 500;
    private static final int CHUNK_ROWS_MIN = 50;
    private static final double GROWTH = 1.25;
    private static final long SAVE_EVERY_MS = 1_000;
    private static final long TURN_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Outbox outbox;
    private final int chunkRowsMax;
    private final long chunkNanosAim;
    private final InstantSource clock;

    // Guarded by this.
    private BackfillState state;
    private String nextSeries = "";
    private long nextTime = Long.MIN_VALUE;

    // Owner: the mirror's thread.
    private int chunkRows;
    private long notBeforeNanos = System.nanoTime();
    private long lastChunkNanos = notBeforeNanos;

    Backfill(Outbox outbox, int chunkRowsMax, Duration chunkTimeAim, InstantSource clock) {
        this.outbox = outbox;
        this.chunkRowsMax = chunkRowsMax;
        this.chunkNanosAim = chunkTimeAim.toNanos();
        this.clock = clock;
        chunkRows = Math.min(CHUNK_ROWS_FIRST, chunkRowsMax);
        state = outbox.backfill();
    }

    synchronized BackfillState state() {
        return state;
    }

    /** Starts, or goes on where it was stopped; a finished one begins anew, a running one is left alone. */
    BackfillState start() {
        long rowsTotal = outbox.candleCount(); // not under the lock, which the mirror's thread needs
        synchronized (this) {
            if (state.phase() == Phase.RUNNING) {
                return state;
            }
            long now = clock.millis();
            BackfillState begun = state.phase() == Phase.STOPPED
                    ? at(Phase.RUNNING, state.seriesId(), state.nextTime(), state.rowsDone())
                    : new BackfillState(Phase.RUNNING, "", Long.MIN_VALUE, 0, rowsTotal, now, now);
            LOG.info(
                    "backfill started series={} rowsDone={} rowsTotal={}",
                    begun.seriesId(),
                    begun.rowsDone(),
                    rowsTotal);
            return keep(begun);
        }
    }

    /** Stops after the present chunk; {@link #start} goes on from there. */
    synchronized BackfillState stop() {
        return state.phase() == Phase.RUNNING
                ? keep(at(Phase.STOPPED, state.seriesId(), state.nextTime(), state.rowsDone()))
                : state;
    }

    /** The next rows to copy, null where there are none now. */
    synchronized MirrorStep.@Nullable Save nextChunk() {
        if (state.phase() != Phase.RUNNING || System.nanoTime() - notBeforeNanos < 0) {
            return null;
        }
        List<MirrorRow> rows = new ArrayList<>();
        lastChunkNanos = System.nanoTime();
        nextSeries = state.seriesId();
        nextTime = state.nextTime();
        boolean more = !nextSeries.isEmpty() || nextSeriesBegins();
        while (more && rows.size() < chunkRows) {
            int wanted = chunkRows - rows.size();
            List<Candle> page = outbox.candles(nextSeries, nextTime, Long.MAX_VALUE, wanted);
            for (Candle candle : page) {
                rows.add(new MirrorRow(nextSeries, candle));
            }
            boolean seriesEnds = page.size() < wanted || page.getLast().openTime() == Long.MAX_VALUE;
            if (seriesEnds) {
                more = nextSeriesBegins();
            } else {
                nextTime = page.getLast().openTime() + 1;
            }
        }
        if (rows.isEmpty()) {
            LOG.info("backfill done rows={}", state.rowsDone());
            keep(at(Phase.DONE, state.seriesId(), state.nextTime(), state.rowsDone()));
            return null;
        }
        return new MirrorStep.Save(rows, List.of());
    }

    /** Whether live writes have gone first for so long that it is a chunk's turn. */
    synchronized boolean isOverdue() {
        long now = System.nanoTime();
        return state.phase() == Phase.RUNNING && now - notBeforeNanos >= 0 && now - lastChunkNanos >= TURN_AFTER_NANOS;
    }

    /** How long the mirror's thread may rest before it must ask again; it is woken when one is started. */
    synchronized long pauseNanos() {
        return state.phase() == Phase.RUNNING ? Math.max(1, notBeforeNanos - System.nanoTime()) : Long.MAX_VALUE;
    }

    private boolean nextSeriesBegins() {
        List<String> following = outbox.series(nextSeries, 1);
        if (following.isEmpty()) {
            nextTime = Long.MAX_VALUE;
            return false;
        }
        nextSeries = following.getFirst();
        nextTime = Long.MIN_VALUE;
        return true;
    }

    /** The mirror has the chunk that was given last. */
    synchronized void copied(MirrorStep.Save chunk, long nanos) {
        BackfillState reached = at(
                state.phase(),
                nextSeries,
                nextTime,
                state.rowsDone() + chunk.rows().size());
        if (reached.updatedAtMs() - state.updatedAtMs() >= SAVE_EVERY_MS) {
            keep(reached);
        } else {
            state = new BackfillState(
                    reached.phase(),
                    reached.seriesId(),
                    reached.nextTime(),
                    reached.rowsDone(),
                    reached.rowsTotal(),
                    reached.startedAtMs(),
                    state.updatedAtMs());
        }
        adapt(nanos);
    }

    private void adapt(long nanos) {
        if (nanos <= chunkNanosAim) {
            chunkRows = (int) Math.min(chunkRowsMax, Math.ceil(chunkRows * GROWTH));
        } else {
            boolean smallest = chunkRows <= CHUNK_ROWS_MIN;
            chunkRows = Math.max(Math.min(CHUNK_ROWS_MIN, chunkRowsMax), chunkRows / 2);
            notBeforeNanos = System.nanoTime() + (smallest ? nanos - chunkNanosAim : 0);
        }
    }

    private BackfillState at(Phase phase, String series, long time, long rowsDone) {
        return new BackfillState(phase, series, time, rowsDone, state.rowsTotal(), state.startedAtMs(), clock.millis());
    }

    private BackfillState keep(BackfillState reached) {
        state = reached;
        outbox.saveBackfill(reached).whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.warn("backfill position not kept, a restart copies more again", failure);
            }
        });
        return reached;
    }
}

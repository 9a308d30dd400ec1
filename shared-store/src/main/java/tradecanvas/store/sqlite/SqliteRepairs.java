package tradecanvas.store.sqlite;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.compare.Drift;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.outbox.OutboxEntry.Kind;
import tradecanvas.store.repair.AuditedFix;
import tradecanvas.store.repair.FixOutcome;
import tradecanvas.store.repair.RepairLedger;

/**
 * Repairs as units of the one writer: a fix is in the outbox exactly if it is in the audit. They are in the truth's file and
 * not in the mirror's, which is what is being repaired.
 */
final class SqliteRepairs implements RepairLedger {
    private final SqliteWriter writer;
    private final SqliteOutbox outbox;
    private final InstantSource clock;

    SqliteRepairs(SqliteWriter writer, SqliteOutbox outbox, InstantSource clock) {
        this.writer = writer;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> submit(String runId, List<Drift> fixes) {
        RepairLedger.requireSubmittable(runId, fixes);
        List<Drift> unchanging = List.copyOf(fixes);
        return writer.submit(WriteUnit.of(unchanging.size(), connection -> {
            for (Drift fix : unchanging) {
                connection.execute(
                        "INSERT INTO tc_repairs (run_id, series_id, candle_time, truth_bits, mirror_bits, outcome,"
                                + " requested_at_ms, settled_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (run_id, series_id, candle_time) DO NOTHING",
                        runId,
                        fix.seriesId(),
                        fix.time(),
                        RowBits.toHex(fix.truth()),
                        RowBits.toHex(fix.mirror()),
                        FixOutcome.QUEUED.name(),
                        clock.millis(),
                        0L);
                // of a row that the truth has got meanwhile, a deletion also gives the mirror that row
                Kind kind = fix.kind() == Drift.Kind.EXTRA ? Kind.DELETED : Kind.SAVED;
                connection.owe(kind, fix.seriesId(), fix.time(), fix.time());
            }
        }));
    }

    @Override
    public CompletionStage<Void> settle(String runId, List<Settlement> settlements) {
        List<Settlement> unchanging = List.copyOf(settlements);
        return writer.submit(WriteUnit.of(unchanging.size(), connection -> {
            for (Settlement settled : unchanging) {
                connection.execute(
                        "UPDATE tc_repairs SET outcome = ?, settled_at_ms = ?"
                                + " WHERE run_id = ? AND series_id = ? AND candle_time = ?",
                        settled.outcome().name(),
                        clock.millis(),
                        runId,
                        settled.seriesId(),
                        settled.time());
            }
        }));
    }

    @Override
    public CompletionStage<List<AuditedFix>> fixes(long afterId, int max, boolean queuedOnly) {
        try {
            return CompletableFuture.completedStage(outbox.ask(open -> open.fixes(afterId, max, queuedOnly)));
        } catch (StoreException failure) {
            return CompletableFuture.failedStage(failure);
        }
    }
}

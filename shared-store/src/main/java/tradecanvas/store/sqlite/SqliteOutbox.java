package tradecanvas.store.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.outbox.BackfillState;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.MirrorPosition;
import tradecanvas.store.outbox.MirrorProgress;
import tradecanvas.store.outbox.Outbox;
import tradecanvas.store.outbox.OutboxEntry;
import tradecanvas.store.outbox.OutboxEntry.Kind;
import tradecanvas.store.outbox.Quarantined;

/** The outbox of the file: reads on a connection of its own, writes as units of the one writer. */
final class SqliteOutbox implements Outbox, AutoCloseable {
    @FunctionalInterface
    interface Query<T> {
        T answer(OutboxReads reads) throws SQLException;
    }

    private final SqliteConnections connections;
    private final SqliteWriter writer;
    private final WriterIdentity identity;
    private final Object lock = new Object();
    /** Guarded by the lock: the mirror's thread uses it, and operators look at the quarantine. */
    private @Nullable OutboxReads reads;

    private boolean closed;

    SqliteOutbox(SqliteConnections connections, SqliteWriter writer, WriterIdentity identity) {
        this.connections = connections;
        this.writer = writer;
        this.identity = identity;
    }

    @Override
    public Fence fence() {
        return identity.fence();
    }

    @Override
    public MirrorProgress progress() {
        return identity.progress();
    }

    @Override
    public MirrorPosition position() {
        MirrorProgress progress = progress();
        // a read can see a commit that the progress is not told of yet; its entries are in the file then, or
        // acknowledged
        long durable = ask(open -> open.number("SELECT max(seq) FROM tc_outbox"));
        long acknowledged = progress.acknowledgedSeq();
        long committed = Math.max(Math.max(durable, acknowledged), progress.committedSeq());
        return new MirrorPosition(fence().epoch(), committed, acknowledged, progress.isWhole());
    }

    @Override
    public List<OutboxEntry> entries(long afterSeq, int max) {
        return ask(open -> open.entries(afterSeq, max));
    }

    @Override
    public List<Candle> candles(String seriesId, long from, long to, int max) {
        return ask(open -> open.candles(seriesId, from, to, max));
    }

    @Override
    public void acknowledge(List<OutboxEntry> entries) {
        progress().acknowledged(entries);
    }

    @Override
    public CompletionStage<Void> removeAcknowledged() {
        return writer.submit(WriteUnit.of(0, _ -> {})); // each transaction removes what is acknowledged by then
    }

    @Override
    public CompletionStage<Void> quarantine(List<Quarantined> refused) {
        return writer.submit(WriteUnit.of(
                refused.size(),
                connection -> {
                    for (Quarantined change : refused) {
                        connection.execute(
                                "INSERT OR REPLACE INTO tc_quarantine (kind, series_id, candle_time, sql_state, message,"
                                        + " quarantined_at_ms) VALUES (?, ?, ?, ?, ?, ?)",
                                change.kind().name(),
                                change.seriesId(),
                                change.time(),
                                change.sqlState(),
                                change.message(),
                                change.atMs());
                    }
                },
                () -> refused.forEach(change -> progress().quarantined(change.seriesId()))));
    }

    @Override
    public CompletionStage<Void> release(String seriesId, List<Long> times) {
        return writer.submit(WriteUnit.of(
                times.size(),
                connection -> {
                    for (long time : times) {
                        connection.execute(
                                "DELETE FROM tc_quarantine WHERE kind = ? AND series_id = ? AND candle_time = ?",
                                Kind.SAVED.name(),
                                seriesId,
                                time);
                    }
                },
                () -> releaseUnlessInQuarantine(seriesId)));
    }

    /** On the writer's thread, so that no change of the quarantine is under way. */
    private void releaseUnlessInQuarantine(String seriesId) {
        String any = "SELECT EXISTS (SELECT 1 FROM tc_quarantine WHERE series_id = ?)";
        if (ask(open -> open.number(any, seriesId)) == 0) {
            progress().released(seriesId);
        }
    }

    @Override
    public List<Quarantined> quarantined(int max) {
        return ask(open -> open.quarantined(max));
    }

    @Override
    public long quarantinedCount() {
        return ask(open -> open.number("SELECT count(*) FROM tc_quarantine"));
    }

    @Override
    public CompletionStage<Void> retryQuarantined() {
        return writer.submit(WriteUnit.of(1, connection -> {
            List<Quarantined> refused = connection.query(
                    row -> new Quarantined(Kind.valueOf(row.getString(1)), row.getString(2), row.getLong(3), "", "", 0),
                    "SELECT kind, series_id, candle_time FROM tc_quarantine");
            for (Quarantined change : refused) {
                // a deletion is kept by the start of its range only; a wider one than needed does no harm
                long to = change.kind() == Kind.SAVED ? change.time() : Long.MAX_VALUE;
                connection.owe(change.kind(), change.seriesId(), change.time(), to);
            }
            connection.execute("DELETE FROM tc_quarantine");
        }));
    }

    @Override
    public List<String> series(String afterSeriesId, int max) {
        return ask(open -> open.series(afterSeriesId, max));
    }

    @Override
    public long candleCount() {
        // a connection of its own: the mirror's thread must not wait for it
        try (OutboxReads own = OutboxReads.on(connections.openReadOnly())) {
            return own.number("SELECT count(*) FROM candles");
        } catch (SQLException failure) {
            throw new StoreException("SQLite did not count: " + failure.getMessage(), failure);
        }
    }

    @Override
    public BackfillState backfill() {
        return ask(OutboxReads::backfill);
    }

    @Override
    public CompletionStage<Void> saveBackfill(BackfillState state) {
        return writer.submit(WriteUnit.of(
                1,
                connection -> connection.execute(
                        "INSERT OR REPLACE INTO tc_backfill (id, phase, series_id, next_time, rows_done, rows_total,"
                                + " started_at_ms, updated_at_ms) VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
                        state.phase().name(),
                        state.seriesId(),
                        state.nextTime(),
                        state.rowsDone(),
                        state.rowsTotal(),
                        state.startedAtMs(),
                        state.updatedAtMs()),
                () -> {
                    if (state.phase() == BackfillState.Phase.DONE) {
                        progress().whole();
                    }
                }));
    }

    @Override
    public boolean knowsMirror(String database) {
        return ask(open -> open.number("SELECT count(*) FROM tc_known_mirror WHERE database = ?", database)) > 0;
    }

    @Override
    public CompletionStage<Void> rememberMirror(String database) {
        if (knowsMirror(database)) {
            return CompletableFuture.completedStage(null);
        }
        // what another database was given is not in this one; an empty truth has nothing to give
        boolean empty = ask(open -> open.number("SELECT EXISTS (SELECT 1 FROM candles)")) == 0;
        BackfillState.Phase phase = empty ? BackfillState.Phase.DONE : BackfillState.Phase.NONE;
        return writer.submit(WriteUnit.of(
                        1,
                        connection -> {
                            connection.execute("DELETE FROM tc_known_mirror");
                            connection.execute("INSERT INTO tc_known_mirror (database) VALUES (?)", database);
                        },
                        progress()::notWhole))
                .thenCompose(_ -> saveBackfill(BackfillState.NONE.in(phase)));
    }

    <T> T ask(Query<T> query) {
        synchronized (lock) {
            if (closed) {
                throw new SqliteException("store is closed");
            }
            try {
                OutboxReads open = reads == null ? OutboxReads.on(connections.openReadOnly()) : reads;
                reads = open;
                return query.answer(open);
            } catch (SQLException failure) {
                StoreException reported =
                        new StoreException("SQLite did not read the outbox: " + failure.getMessage(), failure);
                closeReads(reported);
                throw reported;
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            closeReads(null);
        }
    }

    private void closeReads(@Nullable StoreException reported) {
        OutboxReads open = reads;
        reads = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (SQLException failure) {
            if (reported != null) {
                reported.addSuppressed(failure);
            }
        }
    }
}

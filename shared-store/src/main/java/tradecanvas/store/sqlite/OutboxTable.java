package tradecanvas.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.store.outbox.MirrorProgress;
import tradecanvas.store.outbox.OutboxEntry;
import tradecanvas.store.outbox.OutboxEntry.Kind;

/**
 * Writes the outbox within the transaction that changes the candles.
 *
 * <p>Candles that follow each other without a gap are one entry, up to {@value #CANDLES_PER_ENTRY_MAX}, so that a batch costs
 * a row or two and an entry can be read back at once. Owner: the thread that owns the connection.
 */
final class OutboxTable {
    static final int CANDLES_PER_ENTRY_MAX = 1_000;
    /** What a long outage leaves must not hold up one commit. */
    static final int REMOVED_PER_COMMIT_MAX = 10_000;

    private final long epoch;
    private final InstantSource clock;
    private final PreparedStatement insert;
    private final PreparedStatement deleteUpTo;
    private final List<OutboxEntry> written = new ArrayList<>();
    private long lastSeq;
    private long removedSeq;
    private long removingSeq;

    OutboxTable(Connection connection, long epoch, InstantSource clock) throws SQLException {
        this.epoch = epoch;
        this.clock = clock;
        insert = connection.prepareStatement("INSERT INTO tc_outbox"
                + " (seq, epoch, kind, series_id, from_time, to_time, committed_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)");
        deleteUpTo = connection.prepareStatement("DELETE FROM tc_outbox WHERE seq IN"
                + " (SELECT seq FROM tc_outbox WHERE seq <= ? ORDER BY seq LIMIT " + REMOVED_PER_COMMIT_MAX + ")");
    }

    /** Begins a transaction behind the entries of the former ones. */
    void begin(long committedSeq) {
        written.clear();
        lastSeq = committedSeq;
        removingSeq = removedSeq;
    }

    void saved(SeriesCandles run) throws SQLException {
        List<Candle> candles = run.candles();
        int first = 0;
        for (int i = 1; i <= candles.size(); i++) {
            boolean goesOn = i < candles.size()
                    && i - first < CANDLES_PER_ENTRY_MAX
                    && candles.get(i).openTime()
                            == run.series().timeframe().next(candles.get(i - 1).openTime());
            if (!goesOn) {
                add(
                        Kind.SAVED,
                        run.series().text(),
                        candles.get(first).openTime(),
                        candles.get(i - 1).openTime());
                first = i;
            }
        }
    }

    void add(Kind kind, String seriesId, long from, long to) throws SQLException {
        OutboxEntry entry = new OutboxEntry(lastSeq + 1, epoch, kind, seriesId, from, to, clock.millis());
        SqlRows.bind(
                insert,
                entry.seq(),
                entry.epoch(),
                entry.kind().name(),
                entry.seriesId(),
                entry.from(),
                entry.to(),
                entry.committedAtMs());
        insert.executeUpdate();
        written.add(entry);
        lastSeq = entry.seq();
    }

    /** Removes what the mirror has, at most {@value #REMOVED_PER_COMMIT_MAX} entries; the rest leaves with later commits. */
    void remove(long acknowledgedSeq) throws SQLException {
        if (acknowledgedSeq > removedSeq) {
            deleteUpTo.setLong(1, acknowledgedSeq);
            if (deleteUpTo.executeUpdate() < REMOVED_PER_COMMIT_MAX) {
                removingSeq = acknowledgedSeq;
            }
        }
    }

    /** The transaction is durable. */
    void committed(MirrorProgress progress) {
        removedSeq = removingSeq;
        if (!written.isEmpty()) {
            progress.committed(written);
        }
    }
}

package tradecanvas.store.sqlite;

import java.util.List;

/**
 * The tables beside the candles that belong to the writer and its mirror.
 *
 * <p>{@code tc_writer}: the identity of the file and the epoch of its newest worker. {@code tc_outbox}: ranges of keys that
 * changed. {@code tc_quarantine}: changes that the mirror refused. {@code tc_backfill}: how far a backfill is. {@code
 * tc_known_mirror}: the database that this file is mirrored to. {@code tc_repairs}: the audit of repairs; bits are five words
 * of 16 hexadecimal digits, open to volume, and the empty text where there was no row. Nothing removes its rows.
 */
final class OutboxSchema {
    static final String NAMESPACE = "outbox";

    static final List<Migration> MIGRATIONS = List.of(
            new Migration(1, List.of("""
            CREATE TABLE IF NOT EXISTS tc_writer (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                truth_id TEXT NOT NULL,
                epoch INTEGER NOT NULL
            )""", """
            CREATE TABLE IF NOT EXISTS tc_outbox (
                seq INTEGER PRIMARY KEY,
                epoch INTEGER NOT NULL,
                kind TEXT NOT NULL,
                series_id TEXT NOT NULL,
                from_time INTEGER NOT NULL,
                to_time INTEGER NOT NULL,
                committed_at_ms INTEGER NOT NULL
            )""", """
            CREATE TABLE IF NOT EXISTS tc_quarantine (
                kind TEXT NOT NULL,
                series_id TEXT NOT NULL,
                candle_time INTEGER NOT NULL,
                sql_state TEXT NOT NULL,
                message TEXT NOT NULL,
                quarantined_at_ms INTEGER NOT NULL,
                PRIMARY KEY (series_id, candle_time, kind)
            )""", """
            CREATE TABLE IF NOT EXISTS tc_backfill (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                phase TEXT NOT NULL,
                series_id TEXT NOT NULL,
                next_time INTEGER NOT NULL,
                rows_done INTEGER NOT NULL,
                rows_total INTEGER NOT NULL,
                started_at_ms INTEGER NOT NULL,
                updated_at_ms INTEGER NOT NULL
            )""", """
            CREATE TABLE IF NOT EXISTS tc_known_mirror (
                database TEXT PRIMARY KEY
            )""")),
            new Migration(
                    2,
                    List.of(
                            """
            CREATE TABLE IF NOT EXISTS tc_repairs (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                run_id TEXT NOT NULL,
                series_id TEXT NOT NULL,
                candle_time INTEGER NOT NULL,
                truth_bits TEXT NOT NULL,
                mirror_bits TEXT NOT NULL,
                outcome TEXT NOT NULL,
                requested_at_ms INTEGER NOT NULL,
                settled_at_ms INTEGER NOT NULL,
                UNIQUE (run_id, series_id, candle_time)
            )""",
                            "CREATE INDEX IF NOT EXISTS idx_tc_repairs_queued ON tc_repairs(id) WHERE outcome = 'QUEUED'")));

    private OutboxSchema() {}
}

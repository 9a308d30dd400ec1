package tradecanvas.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.MirrorProgress;

/**
 * Who writes this file from now on, and what its predecessor left for the mirror.
 *
 * @param recording whether changes go to the outbox
 */
record WriterIdentity(
        Fence fence, boolean recording, MirrorProgress progress, SeriesChanges changes, InstantSource clock) {
    /** Raises the epoch and reads the outbox, whose schema is there. The connection is the only one that writes. */
    static WriterIdentity recording(Connection connection, InstantSource clock) throws SQLException {
        Fence fence = raiseEpoch(connection);
        Map<String, Long> pending = new HashMap<>();
        long committed = 0;
        long acknowledged = Long.MAX_VALUE;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT series_id, min(seq), max(seq) FROM tc_outbox GROUP BY series_id")) {
            while (rows.next()) {
                pending.put(rows.getString(1), rows.getLong(3));
                acknowledged = Math.min(acknowledged, rows.getLong(2) - 1);
                committed = Math.max(committed, rows.getLong(3));
            }
        }
        MirrorProgress progress = new MirrorProgress(
                Math.min(acknowledged, committed), committed, pending, quarantinedSeries(connection));
        if (isBackfilled(connection)) {
            progress.whole();
        }
        return new WriterIdentity(fence, true, progress, new SeriesChanges(), clock);
    }

    /** Raises the epoch, for a writer without a mirror. */
    static WriterIdentity notRecording(Connection connection, InstantSource clock) throws SQLException {
        forgetMirror(connection);
        return withoutMirror(raiseEpoch(connection), clock);
    }

    /** A writer of whom nobody outside of its process hears. It touches the tables of the others only where there are some. */
    static WriterIdentity nameless(Connection connection, InstantSource clock) throws SQLException {
        boolean mirroredBefore;
        try (Statement statement = connection.createStatement();
                ResultSet table = statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'tc_backfill'")) {
            mirroredBefore = table.next();
        }
        if (mirroredBefore) {
            forgetMirror(connection);
        }
        return withoutMirror(new Fence(UUID.randomUUID().toString(), 0), clock);
    }

    private static WriterIdentity withoutMirror(Fence fence, InstantSource clock) {
        return new WriterIdentity(
                fence, false, new MirrorProgress(0, 0, Map.of(), List.of()), new SeriesChanges(), clock);
    }

    /** What is written from now on does not reach the mirror, so what was copied before is no longer all. */
    private static void forgetMirror(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM tc_backfill");
            statement.execute("DELETE FROM tc_known_mirror");
        }
    }

    private static boolean isBackfilled(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT 1 FROM tc_backfill WHERE phase = 'DONE'")) {
            return row.next();
        }
    }

    private static Fence raiseEpoch(Connection connection) throws SQLException {
        String sql = "INSERT INTO tc_writer (id, truth_id, epoch) VALUES (1, ?, 1)"
                + " ON CONFLICT (id) DO UPDATE SET epoch = epoch + 1 RETURNING truth_id, epoch";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, UUID.randomUUID().toString());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Fence(row.getString(1), row.getLong(2));
            }
        }
    }

    private static List<String> quarantinedSeries(Connection connection) throws SQLException {
        List<String> series = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT series_id FROM tc_quarantine")) {
            while (rows.next()) {
                series.add(rows.getString(1));
            }
        }
        return series;
    }
}

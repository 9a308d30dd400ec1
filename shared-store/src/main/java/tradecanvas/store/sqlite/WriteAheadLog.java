package tradecanvas.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The write-ahead log as a connection sees it between its transactions. Owner: the owner of the connection. */
final class WriteAheadLog {
    /** How far a checkpoint goes: beside the others, waiting for readers, or that and emptying the log file. */
    enum Mode {
        PASSIVE,
        RESTART,
        TRUNCATE
    }

    /** How long the log is and how much of it is in the database file already. Units: bytes. */
    record State(boolean blocked, long bytes, long checkpointedBytes) {
        long pendingBytes() {
            return bytes - checkpointedBytes;
        }
    }

    private static final int FRAME_HEADER_BYTES = 24;

    private final Connection connection;
    private final PreparedStatement measure;
    private final long frameBytes;

    WriteAheadLog(Connection connection) throws SQLException {
        this.connection = connection;
        // counts frames and copies none; about 2 us
        measure = connection.prepareStatement("PRAGMA wal_checkpoint(NOOP)");
        frameBytes = readLong("PRAGMA page_size") + FRAME_HEADER_BYTES;
    }

    State measure() throws SQLException {
        try (ResultSet result = measure.executeQuery()) {
            return state(result);
        }
    }

    State checkpoint(Mode mode) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            return state(result);
        }
    }

    /** As {@link #checkpoint(Mode)}, but other connections are waited for no longer than this. */
    State checkpoint(Mode mode, Duration waitMax) throws SQLException {
        long usualMillis = readLong("PRAGMA busy_timeout");
        readLong("PRAGMA busy_timeout=" + waitMax.toMillis());
        try {
            return checkpoint(mode);
        } finally {
            readLong("PRAGMA busy_timeout=" + usualMillis);
        }
    }

    private State state(ResultSet result) throws SQLException {
        if (!result.next()) {
            throw new SQLException("the checkpoint pragma gave no row");
        }
        // frames are -1 where another checkpoint runs and they were not counted
        long bytes = Math.max(0, result.getLong(2)) * frameBytes;
        long checkpointedBytes = Math.max(0, result.getLong(3)) * frameBytes;
        return new State(result.getInt(1) != 0, bytes, checkpointedBytes);
    }

    private long readLong(String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(pragma)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }
}

package tradecanvas.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConfig;

/** Opens connections to one file. Each has its pragmas set, read back and compared before anybody gets it. */
final class SqliteConnections {
    /**
     * Pages that a connection keeps. The writer touches three of 4 KiB for a series that gets one candle, and thousands
     * of series do so each minute.
     */
    private static final int CACHE_KIB = 32 << 10;

    private final Path file;
    private final Duration lockTimeout;

    SqliteConnections(Path file, Duration lockTimeout) {
        this.file = file;
        this.lockTimeout = lockTimeout;
    }

    /** A connection that may write; its commits are synced, and only explicit checkpoints run on it. */
    Connection openWritable() throws SQLException {
        Connection connection = open(new SQLiteConfig());
        try {
            set(connection, "journal_mode", "wal");
            set(connection, "synchronous", "2");
            set(connection, "wal_autocheckpoint", "0");
            set(connection, "cache_size", Integer.toString(-CACHE_KIB));
            return connection;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    /** A connection that can only read. */
    Connection openReadOnly() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        Connection connection = open(config);
        try {
            set(connection, "query_only", "1");
            verify(connection, "journal_mode", "wal");
            return connection;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private Connection open(SQLiteConfig config) throws SQLException {
        int lockTimeoutMillis = (int) lockTimeout.toMillis();
        config.setBusyTimeout(lockTimeoutMillis);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            verify(connection, "busy_timeout", Integer.toString(lockTimeoutMillis));
            set(connection, "foreign_keys", "1");
            return connection;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private void set(Connection connection, String pragma, String value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA " + pragma + "=" + value);
        }
        verify(connection, pragma, value);
    }

    private void verify(Connection connection, String pragma, String expected) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA " + pragma)) {
            String actual = result.next() ? result.getString(1) : "unknown";
            if (!expected.equals(actual)) {
                throw new SqliteException(
                        "pragma " + pragma + " of SQLite file " + file + " is " + actual + ", not " + expected);
            }
        }
    }
}

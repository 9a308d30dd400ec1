package tradecanvas.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Another program at the same file: a plain connection that knows nothing of the store. */
final class RawDatabase implements AutoCloseable {
    private final Connection connection;

    RawDatabase(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    void execute(String... statements) throws SQLException {
        for (String sql : statements) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of every row. */
    List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    /** Holds up the store's writer until {@link #release}. */
    void hold() throws SQLException {
        execute("BEGIN IMMEDIATE");
    }

    void release() throws SQLException {
        execute("ROLLBACK");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

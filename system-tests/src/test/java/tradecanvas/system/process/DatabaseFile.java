package tradecanvas.system.process;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.sqlite.SQLiteConfig;

/** A server's SQLite file as another program sees it. Owner: one test. */
public final class DatabaseFile implements AutoCloseable {
    private final Connection connection;

    private DatabaseFile(Connection connection) {
        this.connection = connection;
    }

    /** Opens the file, and creates it where it is missing. */
    public static DatabaseFile open(Path file) throws SQLException {
        return new DatabaseFile(DriverManager.getConnection(url(file)));
    }

    public static DatabaseFile openReadOnly(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        Properties properties = config.toProperties();
        return new DatabaseFile(DriverManager.getConnection(url(file), properties));
    }

    public void execute(String... statements) throws SQLException {
        for (String sql : statements) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /** Every row, its columns joined with a blank. */
    public List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(result.getString(column));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static String url(Path file) {
        return "jdbc:sqlite:" + file;
    }
}

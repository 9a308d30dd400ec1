package tradecanvas.system.process;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A database of one test on a real server, as another program sees it. Each call has a connection of its own. */
public final class PostgresDatabase implements AutoCloseable {
    private final URI server;
    private final String name;

    private PostgresDatabase(URI server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Creates a database beside the one that the DSN names. */
    public static PostgresDatabase create(String dsn) throws SQLException {
        URI server = URI.create(dsn);
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        run(server, "CREATE DATABASE " + name);
        return new PostgresDatabase(server, name);
    }

    /** The DSN for processes. */
    public String dsn() {
        return dsn(server.getHost(), server.getPort());
    }

    /** The DSN for processes that reach the server by another way. */
    public String dsn(String host, int port) {
        return "postgresql://" + server.getUserInfo() + "@" + host + ":" + port + "/" + name;
    }

    public int port() {
        return server.getPort();
    }

    public void execute(String... statements) throws SQLException {
        for (String sql : statements) {
            run(server.resolve("/" + name), sql);
        }
    }

    /** Every row, its columns joined with a blank. */
    public List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect(server.resolve("/" + name));
                Statement statement = connection.createStatement();
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

    /** A connection of the caller's. */
    public Connection connect() throws SQLException {
        return connect(server.resolve("/" + name));
    }

    @Override
    public void close() throws SQLException {
        run(server, "DROP DATABASE " + name + " WITH (FORCE)");
    }

    private static void run(URI database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(URI database) throws SQLException {
        String[] user = database.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + database.getHost() + ":" + database.getPort() + database.getPath(),
                user[0],
                user[1]);
    }
}

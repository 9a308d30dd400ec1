package tradecanvas.load.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of one run: created empty on a shared server, dropped at the end whatever happens. Threads: any. */
public final class RunDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ServerAddress server;
    private final ServerAddress own;
    private final Thread dropWithUs;

    private RunDatabase(ServerAddress server, String name) {
        this.server = server;
        own = server.withDatabase(name);
        dropWithUs = new Thread(this::dropAtExit, "drop-" + name);
    }

    static RunDatabase create(ServerAddress server, String purpose) throws SQLException {
        String name = "tc_load_" + purpose + "_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
        RunDatabase database = new RunDatabase(server, name);
        database.onServer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); // of a run that was killed, by chance
        database.onServer("CREATE DATABASE " + name + " TEMPLATE template0");
        Runtime.getRuntime().addShutdownHook(database.dropWithUs);
        return database;
    }

    /** For the server under test. */
    public String dsn() {
        return own.dsn();
    }

    /** Its name, which stands in the titles of its backends. */
    public String name() {
        return own.database();
    }

    /** A connection with automatic commits. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(own.jdbcUrl(), own.jdbcProperties());
    }

    /** Microseconds of CPU that the backends of this database have used so far; NaN where none can be seen. */
    public double backendCpuMicros() {
        return BackendUsage.cpuMicros(name());
    }

    @Override
    public void close() throws SQLException {
        drop();
        Runtime.getRuntime().removeShutdownHook(dropWithUs);
    }

    private void drop() throws SQLException {
        onServer("DROP DATABASE IF EXISTS " + name() + " WITH (FORCE)");
    }

    private void dropAtExit() {
        try {
            drop();
        } catch (SQLException failure) {
            System.err.println("database " + own + " is left behind: " + failure.getMessage());
        }
    }

    private void onServer(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.jdbcProperties());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

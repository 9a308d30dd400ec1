package tradecanvas.store.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreUnavailableException;

/**
 * Brings the schema to the form that this adapter needs, in one transaction; what is there already stays.
 *
 * <p>Threads: one that may block. Processes that start at once wait for each other.
 */
public final class PostgresSchema {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSchema.class);

    private static final String HISTORY_TABLE = "tc_schema_history";
    /** Below the first migration: also a schema that the reference made is given all of them. */
    private static final String BASELINE_VERSION = "0";

    /** Of the whole database: extension and schema are created for all; the bytes are "tc_schem". */
    private static final long LOCK_KEY = 0x74635f736368656dL;
    /** A statement may have to move all candles into chunks, about a minute per ten million; others wait for it. */
    private static final Duration STATEMENT_WAIT_MAX = Duration.ofHours(1);

    private static final String SQLSTATE_CONNECTION = "08";
    private static final String SQLSTATE_RESOURCES = "53";
    private static final String SQLSTATE_OPERATOR = "57";

    private final PostgresSettings settings;

    private PostgresSchema(PostgresSettings settings) {
        this.settings = settings;
    }

    /**
     * Creates what is missing.
     *
     * @throws StoreUnavailableException with the driver's text, where the server does not answer
     * @throws StoreException where it refuses
     */
    public static void prepare(PostgresSettings settings) {
        try {
            new PostgresSchema(settings).prepare();
        } catch (SQLException failure) {
            throw explained(settings, failure, failure.getSQLState());
        } catch (FlywayException failure) {
            throw explained(settings, failure, sqlState(failure));
        }
    }

    private void prepare() throws SQLException {
        DataSource source = new Source(settings);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = " + STATEMENT_WAIT_MAX.toMillis());
            statement.execute("SELECT pg_advisory_lock(" + LOCK_KEY + ")");
            String extensionSchema = settings.timescale().on() ? extensionSchema(statement) : "public";
            int applied = flyway(source, extensionSchema).migrate().migrationsExecuted;
            LOG.info(
                    "schema ready schema={} timescale={} migrationsApplied={}",
                    settings.schema(),
                    settings.timescale().on() ? "on" : "off",
                    applied);
        }
    }

    /** Where the functions of the extension are, or will be. */
    private static String extensionSchema(Statement statement) throws SQLException {
        String sql = "SELECT quote_ident(n.nspname) FROM pg_available_extensions a LEFT JOIN pg_extension e ON"
                + " e.extname = a.name LEFT JOIN pg_namespace n ON n.oid = e.extnamespace WHERE a.name = 'timescaledb'";
        try (ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new PostgresException("PostgreSQL has no extension timescaledb; install it, or set"
                        + " TRADE_CANVAS_POSTGRES_TIMESCALE=off for plain PostgreSQL");
            }
            String installed = row.getString(1);
            return installed == null ? "public" : installed;
        }
    }

    private Flyway flyway(DataSource source, String extensionSchema) {
        return Flyway.configure(PostgresSchema.class.getClassLoader())
                .loggers(MigrationLog.class.getName())
                .dataSource(source)
                .schemas(settings.schema())
                .table(HISTORY_TABLE)
                .baselineOnMigrate(true)
                .baselineVersion(BASELINE_VERSION)
                .group(true)
                .outOfOrder(true) // timescale was off, and is on now
                .ignoreMigrationPatterns(
                        "*:missing", "*:future") // it was on and is off, or the process is an older one
                .cleanDisabled(true)
                .placeholders(Map.of(
                        "schema",
                        settings.quotedSchema(),
                        "extension_schema",
                        extensionSchema,
                        "chunk_interval_seconds",
                        Long.toString(settings.timescale().chunkIntervalSeconds())))
                .resourceProvider(MigrationFiles.of(settings.timescale()))
                .javaMigrationClassProvider(List::of)
                .load();
    }

    private static StoreException explained(PostgresSettings settings, Exception failure, @Nullable String sqlState) {
        boolean unavailable = sqlState != null
                && (sqlState.startsWith(SQLSTATE_CONNECTION)
                        || sqlState.startsWith(SQLSTATE_RESOURCES)
                        || sqlState.startsWith(SQLSTATE_OPERATOR));
        String server = settings.dsn().host() + ":" + settings.dsn().port();
        return unavailable
                ? new StoreUnavailableException("PostgreSQL at " + server + ": " + failure.getMessage(), failure)
                : new StoreException(
                        "PostgreSQL schema " + settings.schema() + " at " + server + " not prepared: "
                                + failure.getMessage(),
                        failure);
    }

    private static @Nullable String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refusal) {
                return refusal.getSQLState();
            }
        }
        return null;
    }

    /** Connections of this application's driver; which ones DriverManager gives depends on the class loader that asks. */
    private record Source(PostgresSettings settings) implements DataSource {
        @Override
        public Connection getConnection() throws SQLException {
            Properties properties = settings.dsn().jdbcProperties();
            long seconds = Math.max(1, settings.connectWaitMax().toSeconds());
            properties.setProperty("connectTimeout", Long.toString(seconds));
            properties.setProperty("loginTimeout", Long.toString(seconds));
            // ends the thread that loginTimeout leaves behind at a server that never answers
            properties.setProperty("socketTimeout", Long.toString(seconds + 1));
            properties.setProperty("tcpKeepAlive", "true");
            Connection connection = connect(settings.dsn().jdbcUrl(), properties);
            connection.setNetworkTimeout(Runnable::run, (int) STATEMENT_WAIT_MAX.toMillis());
            return connection;
        }

        private static Connection connect(String url, Properties properties) throws SQLException {
            for (Driver driver : ServiceLoader.load(Driver.class, PostgresSchema.class.getClassLoader())) {
                Connection connection = driver.connect(url, properties); // null for the URL of another one
                if (connection != null) {
                    return connection;
                }
            }
            throw new SQLException("no driver for " + url);
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            throw new SQLFeatureNotSupportedException("the DSN names the user");
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(@Nullable PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public java.util.logging.Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("nothing is wrapped");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}

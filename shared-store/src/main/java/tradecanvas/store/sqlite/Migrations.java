package tradecanvas.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Brings the schema of a namespace to its newest version and records each step in {@code tc_schema_migrations}. */
final class Migrations {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS tc_schema_migrations (
                namespace TEXT NOT NULL,
                version INTEGER NOT NULL,
                applied_at_ms INTEGER NOT NULL,
                PRIMARY KEY (namespace, version)
            )""";

    private final Connection connection;
    private final InstantSource clock;

    Migrations(Connection connection, InstantSource clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * Applies what is newer than the namespace's version in the file, ascending, in one transaction.
     *
     * <p>Errors: IllegalArgumentException with the contract's text for a namespace or version that cannot be.
     */
    void apply(String namespace, List<Migration> migrations) throws SQLException {
        requireValid(namespace, migrations);
        execute("BEGIN IMMEDIATE");
        try {
            execute(TABLE);
            long current = currentVersion(namespace);
            List<Migration> missing = migrations.stream()
                    .filter(migration -> migration.version() > current)
                    .sorted(Comparator.comparingLong(Migration::version))
                    .toList();
            for (Migration migration : missing) {
                for (String statement : migration.statements()) {
                    execute(statement);
                }
                record(namespace, migration.version());
            }
            execute("COMMIT");
        } catch (SQLException | RuntimeException failure) {
            rollback(failure);
            throw failure;
        }
    }

    private static void requireValid(String namespace, List<Migration> migrations) {
        if (namespace.isBlank()) {
            throw new IllegalArgumentException("sqlite_migration_namespace_required");
        }
        Set<Long> versions = new HashSet<>();
        for (Migration migration : migrations) {
            if (migration.version() <= 0) {
                throw new IllegalArgumentException("sqlite_migration_invalid_version:" + migration.version());
            }
            if (!versions.add(migration.version())) {
                throw new IllegalArgumentException("sqlite_migration_duplicate_version:" + migration.version());
            }
        }
    }

    private long currentVersion(String namespace) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT max(version) FROM tc_schema_migrations WHERE namespace = ?")) {
            statement.setString(1, namespace);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        }
    }

    private void record(String namespace, long version) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO tc_schema_migrations (namespace, version, applied_at_ms) VALUES (?, ?, ?)")) {
            statement.setString(1, namespace);
            statement.setLong(2, version);
            statement.setLong(3, clock.millis());
            statement.executeUpdate();
        }
    }

    private void rollback(Exception failure) {
        try {
            execute("ROLLBACK");
        } catch (SQLException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

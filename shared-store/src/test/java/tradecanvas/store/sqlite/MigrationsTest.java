package tradecanvas.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_123L));
    private static final String RECORDED =
            "SELECT namespace || ' ' || version || ' ' || applied_at_ms FROM tc_schema_migrations ORDER BY 1";

    @TempDir
    Path directory;

    private Connection connection;
    private Migrations migrations;
    private RawDatabase other;

    @BeforeEach
    void open() throws SQLException {
        Path file = directory.resolve("market.db");
        connection = new SqliteConnections(file, Duration.ofSeconds(5)).openWritable();
        migrations = new Migrations(connection, CLOCK);
        other = new RawDatabase(file);
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
        connection.close();
    }

    @Test
    void eachStepIsAppliedOnceInTheOrderOfVersionsAndRecorded() throws SQLException {
        Migration first = new Migration(1, List.of("CREATE TABLE steps (name TEXT)"));
        Migration second = new Migration(2, List.of("INSERT INTO steps VALUES ('second')"));
        Migration third = new Migration(3, List.of("INSERT INTO steps VALUES ('third')"));
        migrations.apply("factor", List.of(second, first));
        migrations.apply("factor", List.of(third, second, first));
        assertThat(other.query("SELECT name FROM steps")).containsExactly("second", "third");
        assertThat(other.query(RECORDED))
                .containsExactly("factor 1 1700000000123", "factor 2 1700000000123", "factor 3 1700000000123");
    }

    @Test
    void namespacesCountForThemselves() throws SQLException {
        migrations.apply("factor", List.of(new Migration(7, List.of())));
        migrations.apply("overlay", List.of(new Migration(1, List.of("CREATE TABLE overlay_was_here (name TEXT)"))));
        assertThat(other.query("SELECT namespace FROM tc_schema_migrations ORDER BY 1"))
                .containsExactly("factor", "overlay");
        assertThat(other.query("SELECT name FROM overlay_was_here")).isEmpty();
    }

    @Test
    void failedStepLeavesNothingOfItsRun() throws SQLException {
        Migration good = new Migration(1, List.of("CREATE TABLE good (name TEXT)"));
        Migration bad = new Migration(2, List.of("CREATE TABLE"));
        assertThatThrownBy(() -> migrations.apply("factor", List.of(good, bad))).isInstanceOf(SQLException.class);
        assertThat(other.query("SELECT name FROM sqlite_master")).isEmpty();
        migrations.apply("factor", List.of(good));
        assertThat(other.query("SELECT name FROM good")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -3})
    void versionsStartAtOne(long version) {
        assertThatThrownBy(() -> migrations.apply("factor", List.of(new Migration(version, List.of()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sqlite_migration_invalid_version:" + version);
    }

    @Test
    void versionComesOnce() {
        Migration twice = new Migration(2, List.of());
        assertThatThrownBy(() -> migrations.apply("factor", List.of(twice, twice)))
                .hasMessage("sqlite_migration_duplicate_version:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void namespaceIsRequired(String namespace) {
        assertThatThrownBy(() -> migrations.apply(namespace, List.of()))
                .hasMessage("sqlite_migration_namespace_required");
    }
}

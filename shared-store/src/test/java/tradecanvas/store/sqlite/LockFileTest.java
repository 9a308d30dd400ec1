package tradecanvas.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.store.api.StoreException;

class LockFileTest {
    private static final long PID = ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private SqliteSettings settings;
    private Path lock;

    @BeforeEach
    void name() throws Exception {
        Path file = directory.toRealPath().resolve("market.db");
        settings = SqliteSettings.of(file);
        lock = file.resolveSibling("market.db.lock");
    }

    @Test
    void lockFileHoldsTheProcessId() throws Exception {
        try (LockFile held = LockFile.acquire(settings.path())) {
            assertThat(held).isNotNull();
        }
        assertThat(lock).hasContent(Long.toString(PID));
    }

    @Test
    void secondStoreInOneProcessIsRefused() {
        SqliteStore store = SqliteStore.open(settings);
        assertThatThrownBy(() -> SqliteStore.open(settings))
                .isInstanceOf(StoreException.class)
                .hasMessage(inUseBy(PID));
        store.close();
        SqliteStore.open(settings).close();
    }

    @Test
    void storeOfAnotherProcessIsRefusedUntilThatIsKilled() throws Exception {
        try (StoreProcess process = StoreProcess.start(settings.path(), 0)) {
            assertThat(process.readLine()).isEqualTo("saved 0;");
            assertThatThrownBy(() -> SqliteStore.open(settings)).hasMessage(inUseBy(process.pid()));
            process.kill();
        }
        SqliteStore.open(settings).close();
    }

    @Test
    void refusedOpeningDoesNotTakeTheLockFromItsHolder() throws Exception {
        try (SqliteStore store = SqliteStore.open(settings)) {
            assertThatThrownBy(() -> SqliteStore.open(settings)).hasMessage(inUseBy(PID));
            try (StoreProcess process = StoreProcess.start(settings.path(), 0)) {
                assertThat(process.readLine()).isEqualTo(inUseBy(PID));
            }
            assertThat(store.stats().writes().failedUnits()).isZero();
        }
    }

    @Test
    void failedOpeningGivesTheLockBack() throws Exception {
        Files.writeString(
                settings.path(), "this is no database, but it is long enough to be mistaken for one. ".repeat(20));
        assertThatThrownBy(() -> SqliteStore.open(settings))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(settings.path().toString());
        Files.delete(settings.path());
        SqliteStore.open(settings).close();
    }

    private String inUseBy(long pid) {
        return "SQLite file " + settings.path() + " is in use by process " + pid + ", which holds " + lock;
    }
}

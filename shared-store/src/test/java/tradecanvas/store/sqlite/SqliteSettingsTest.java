package tradecanvas.store.sqlite;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SqliteSettingsTest {
    private static final SqliteSettings STANDARD = SqliteSettings.of(Path.of("market.db"));

    @Test
    void boundsAreNamedWhereTheyAreBroken() {
        assertThatThrownBy(() -> new SqliteSettings.Writes(0, 1)).hasMessage("queueRowsMax 0 is below 1");
        assertThatThrownBy(() -> new SqliteSettings.Writes(1, 0)).hasMessage("transactionRowsMax 0 is below 1");
        assertThatThrownBy(() -> new SqliteSettings.Reads(0, 1)).hasMessage("threads 0 is below 1");
        assertThatThrownBy(() -> new SqliteSettings.Reads(1, 0)).hasMessage("queueMax 0 is below 1");
        assertThatThrownBy(() -> new SqliteSettings.Wal(2, 1, Duration.ofSeconds(1)))
                .hasMessage("bytesMax 1 is below 2");
        assertThatThrownBy(() -> STANDARD.withLockTimeout(Duration.ZERO))
                .hasMessage("lockTimeout PT0S is not within 1..2147483647 ms");
    }

    @Test
    void pathThatTheDriverWouldReadOtherwiseIsRefused() {
        assertThatThrownBy(() -> SqliteSettings.of(Path.of("market.db?mode=memory")))
                .hasMessage("path market.db?mode=memory holds a question mark");
    }
}

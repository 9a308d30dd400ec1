package tradecanvas.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.store.postgres.PostgresSettings.Pool;
import tradecanvas.store.postgres.PostgresSettings.Timescale;

class PostgresSettingsTest {
    private static final String DSN = "postgresql://u@h/d";

    @Test
    void boundsAreThoseOfTheContract() {
        PostgresSettings settings = PostgresSettings.of(DSN, "public");
        assertThat(settings.timescale()).isEqualTo(new Timescale(true, 604_800));
        assertThat(settings.connectWaitMax()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.pool().sizeMin()).isEqualTo(1);
        assertThat(settings.pool().sizeMax()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void blankDsnIsRefusedBeforeTheSchema(String dsn) {
        assertThatThrownBy(() -> PostgresSettings.of(dsn, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("postgres_dsn_required_when_pg_store_enabled");
    }

    @Test
    void blankSchemaIsRefused() {
        assertThatThrownBy(() -> PostgresSettings.of(DSN, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("postgres_schema_required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1a", "a-b", "a.b", "a b", "é", "a\"b", "a;b", "a\n"})
    void schemaThatIsNoIdentifierIsRefused(String schema) {
        assertThatThrownBy(() -> PostgresSettings.of(DSN, schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("postgres_schema_invalid:" + schema);
    }

    @Test
    void schemaIsFoldedAndShortenedAsPostgresqlDoesItUnquoted() {
        assertThat(PostgresSettings.of(DSN, "Trade_I").quotedSchema()).isEqualTo("\"trade_i\"");
        assertThat(PostgresSettings.of(DSN, "x".repeat(70)).schema()).hasSize(63);
    }

    @Test
    void waitOfTheDsnGoesFirst() {
        PostgresSettings settings = PostgresSettings.of(DSN + "?connect_timeout=2", "public");
        assertThat(settings.connectWaitMax()).isEqualTo(Duration.ofSeconds(2));
        assertThat(PostgresSettings.of(DSN + "?connect_timeout=0", "public").connectWaitMax())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void boundsOutsideTheirRangeAreRefusedByName() {
        assertThatThrownBy(() -> new Pool(0, 1, 1)).hasMessage("sizeMin 0 is below 1");
        assertThatThrownBy(() -> new Pool(3, 2, 1)).hasMessage("sizeMax 2 is below 3");
        assertThatThrownBy(() -> new Timescale(true, 0)).hasMessage("chunkIntervalSeconds 0 is below 1");
        assertThatThrownBy(() -> PostgresSettings.of(DSN, "public").withReadTimeout(Duration.ZERO))
                .hasMessageStartingWith("readTimeout PT0S");
    }
}

package tradecanvas.runtime.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitchesCheckTest {
    private static final String DSN = "trade-canvas.postgres-dsn";
    private static final String SCHEMA = "trade-canvas.postgres-schema";

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, ok",
        "0, 1, 0, pg_store_required_when_pg_read_or_dual_write_enabled",
        "0, 0, 1, pg_store_required_when_pg_read_or_dual_write_enabled",
        "0, 1, 1, pg_store_required_when_pg_read_or_dual_write_enabled",
        "1, 0, 0, ok",
        "1, 1, 0, ok",
        "1, 0, 1, ok",
        "1, 1, 1, ok"
    })
    void mirrorSwitchesNeedTheStore(int store, int dualWrite, int read, String text) {
        verify(store, dualWrite, read, Map.of(DSN, "postgresql://h/d"), text);
    }

    @Test
    void storeNeedsAnAddressBeforeASchema() {
        verify(1, 0, 0, Map.of(SCHEMA, "1x"), "postgres_dsn_required_when_pg_store_enabled");
        verify(1, 1, 1, Map.of(DSN, "  "), "postgres_dsn_required_when_pg_store_enabled");
        verify(0, 0, 0, Map.of(SCHEMA, "1x"), "ok");
    }

    @ParameterizedTest
    @CsvSource({"1x", "a-b", "a b", "x;drop", "ä", "'a.b'"})
    void schemaIsAPlainName(String schema) {
        verify(1, 0, 0, Map.of(DSN, "x", SCHEMA, schema), "postgres_schema_invalid:" + schema);
    }

    @ParameterizedTest
    @CsvSource({"public", "_", "A9_z", "''"})
    void plainNamesAreGoodAndABlankOneIsPublic(String schema) {
        verify(1, 0, 0, Map.of(DSN, "x", SCHEMA, schema), "ok");
    }

    @Test
    void busNeedsAnAddressAndComesAfterTheStore() {
        String pubsub = "trade-canvas.enable-ws-pubsub";
        String redis = "trade-canvas.redis-url";
        verify(0, 0, 0, Map.of(pubsub, "1"), "redis_url_required_when_ws_pubsub_enabled");
        verify(0, 0, 0, Map.of(pubsub, "1", redis, "  "), "redis_url_required_when_ws_pubsub_enabled");
        verify(0, 0, 0, Map.of(pubsub, "1", redis, "redis://127.0.0.1/0"), "ok");
        verify(1, 0, 0, Map.of(pubsub, "1"), "postgres_dsn_required_when_pg_store_enabled");
    }

    private static void verify(int store, int dualWrite, int read, Map<String, String> more, String text) {
        var config = new SmallRyeConfigBuilder()
                .withInterceptors(new SettingsInterceptor(
                        new KnownSettings(List.of(SwitchesConfig.class, PostgresConfig.class, RedisConfig.class))))
                .withMapping(SwitchesConfig.class)
                .withMapping(RedisConfig.class)
                .withMapping(PostgresConfig.class)
                .withDefaultValue("trade-canvas.enable-pg-store", "" + store)
                .withDefaultValue("trade-canvas.enable-dual-write", "" + dualWrite)
                .withDefaultValue("trade-canvas.enable-pg-read", "" + read)
                .withDefaultValues(more)
                .build();
        RedisConfig redis = config.getConfigMapping(RedisConfig.class);
        SwitchesConfig switches = config.getConfigMapping(SwitchesConfig.class);
        PostgresConfig postgres = config.getConfigMapping(PostgresConfig.class);
        if (text.equals("ok")) {
            assertThatCode(() -> SwitchesCheck.verify(switches, postgres, redis))
                    .doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> SwitchesCheck.verify(switches, postgres, redis))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessage(text);
        }
    }
}

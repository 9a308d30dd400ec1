package tradecanvas.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsInterceptorTest {
    @ConfigMapping(prefix = "trade-canvas")
    interface Sample {
        @WithDefault("true")
        boolean enableFactorIngest();

        @WithDefault("false")
        boolean enableMarketAutoTailBackfill();

        @WithDefault("${trade-canvas.enable-market-auto-tail-backfill}")
        boolean enableReadLedgerWarmup();

        @WithDefault("5000")
        @AtLeast(100)
        int marketWsCatchupLimit();

        @WithDefault("0.5")
        @AtLeast(0.05)
        double binanceWsFlushS();

        @IgnoreBelow(1)
        OptionalInt marketAutoTailBackfillMaxCandles();

        @WithDefault("1")
        @AtLeast(1)
        int postgresPoolMinSize();

        @WithDefault("10")
        @AtLeast(value = 0, key = "trade-canvas.postgres-pool-min-size")
        int postgresPoolMaxSize();

        @WithDefault("public")
        String postgresSchema();

        @Secret
        Optional<String> postgresDsn();

        @WithDefault("backend/data/market.db")
        Path dbPath();

        @WithDefault("5m,15m")
        List<String> derivedTimeframes();

        @WithDefault("http://localhost:5173")
        Optional<List<String>> corsOrigins();

        @WithDefault("hybrid")
        Role ingestRole();
    }

    enum Role {
        HYBRID,
        INGEST,
        READ_ONLY
    }

    @ConfigMapping(prefix = "trade-canvas")
    interface Untypical {
        Duration patience();
    }

    @ConfigMapping(prefix = "trade-canvas")
    interface OtherMeaning {
        @WithDefault("7")
        int marketWsCatchupLimit();
    }

    @Test
    void unsetSettingsHaveTheirDefaults() {
        Sample settings = settings(Map.of());
        assertThat(settings.enableFactorIngest()).isTrue();
        assertThat(settings.marketWsCatchupLimit()).isEqualTo(5000);
        assertThat(settings.binanceWsFlushS()).isEqualTo(0.5);
        assertThat(settings.marketAutoTailBackfillMaxCandles()).isEmpty();
        assertThat(settings.postgresDsn()).isEmpty();
        assertThat(settings.dbPath()).isEqualTo(Path.of("backend/data/market.db"));
        assertThat(settings.derivedTimeframes()).containsExactly("5m", "15m");
        assertThat(settings.corsOrigins()).contains(List.of("http://localhost:5173"));
        assertThat(settings.ingestRole()).isEqualTo(Role.HYBRID);
    }

    @ParameterizedTest
    @CsvSource({"'',false", "banana,false", "0,false", "' Yes ',true", "ON,true"})
    void aSwitchIsWhatTheTruthyWordsSay(String text, boolean value) {
        assertThat(settings(Map.of("TRADE_CANVAS_ENABLE_FACTOR_INGEST", text)).enableFactorIngest())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"'',5000", "' ',5000", "many,5000", "0,100", "-7,100", "' 250 ',250", "99999999999,2147483647"})
    void aNumberFallsBackAndThenIsRaisedToItsMinimum(String text, int value) {
        assertThat(settings(Map.of("TRADE_CANVAS_MARKET_WS_CATCHUP_LIMIT", text))
                        .marketWsCatchupLimit())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"'',0.5", "soon,0.5", "nan,0.5", "0,0.05", "2,2"})
    void aFractionFallsBackAndThenIsRaisedToItsMinimum(String text, double value) {
        assertThat(settings(Map.of("TRADE_CANVAS_BINANCE_WS_FLUSH_S", text)).binanceWsFlushS())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "none"})
    void aCapThatIsNotPositiveIsNoCap(String text) {
        assertThat(settings(Map.of("TRADE_CANVAS_MARKET_AUTO_TAIL_BACKFILL_MAX_CANDLES", text))
                        .marketAutoTailBackfillMaxCandles())
                .isEmpty();
    }

    @Test
    void aMinimumMayBeAnotherSetting() {
        assertThat(settings(Map.of(
                                "TRADE_CANVAS_POSTGRES_POOL_MIN_SIZE",
                                "20",
                                "TRADE_CANVAS_POSTGRES_POOL_MAX_SIZE",
                                "5"))
                        .postgresPoolMaxSize())
                .isEqualTo(20);
        assertThat(settings(Map.of("TRADE_CANVAS_POSTGRES_POOL_MIN_SIZE", "12")).postgresPoolMaxSize())
                .isEqualTo(12);
        assertThat(settings(Map.of(
                                "TRADE_CANVAS_POSTGRES_POOL_MIN_SIZE", "12", "TRADE_CANVAS_POSTGRES_POOL_MAX_SIZE", ""))
                        .postgresPoolMaxSize())
                .isEqualTo(12);
    }

    @Test
    void aDefaultMayFollowAnotherSetting() {
        assertThat(settings(Map.of("TRADE_CANVAS_ENABLE_MARKET_AUTO_TAIL_BACKFILL", "yes"))
                        .enableReadLedgerWarmup())
                .isTrue();
        assertThat(settings(Map.of()).enableReadLedgerWarmup()).isFalse();
    }

    @Test
    void textIsTrimmedAndBlankTextIsTheDefaultOrNothing() {
        Sample settings = settings(Map.of(
                "TRADE_CANVAS_POSTGRES_SCHEMA", "  ",
                "TRADE_CANVAS_POSTGRES_DSN", "  ",
                "TRADE_CANVAS_DB_PATH", " /tmp/x.db "));
        assertThat(settings.postgresSchema()).isEqualTo("public");
        assertThat(settings.postgresDsn()).isEmpty();
        assertThat(settings.dbPath()).isEqualTo(Path.of("/tmp/x.db"));
    }

    @Test
    void textOfTheEnvironmentIsNotExpanded() {
        String dsn = "postgresql://u:p${x}$$\\1@h/db";
        assertThat(settings(Map.of("TRADE_CANVAS_POSTGRES_DSN", dsn)).postgresDsn())
                .contains(dsn);
    }

    @Test
    void textOfAFileIsExpanded() {
        SmallRyeConfig config = config(Map.of("TRADE_CANVAS_POSTGRES_SCHEMA", "s1"))
                .withSources(new PropertiesConfigSource(
                        Map.of("trade-canvas.db-path", "/data/${trade-canvas.postgres-schema}.db"), "file", 100))
                .build();
        assertThat(config.getConfigMapping(Sample.class).dbPath()).isEqualTo(Path.of("/data/s1.db"));
    }

    @Test
    void blankListIsTheDefaultOrNothing() {
        Sample settings = settings(Map.of("TRADE_CANVAS_DERIVED_TIMEFRAMES", " ,", "TRADE_CANVAS_CORS_ORIGINS", " "));
        assertThat(settings.derivedTimeframes()).containsExactly("5m", "15m");
        assertThat(settings.corsOrigins()).isEmpty();
    }

    @Test
    void listPartsAreTakenLiterally() {
        assertThat(settings(Map.of("TRADE_CANVAS_DERIVED_TIMEFRAMES", " 1h, a\\,b ,1h"))
                        .derivedTimeframes())
                .containsExactly("1h", "a\\", "b");
    }

    @ParameterizedTest
    @CsvSource({"READ_only,READ_ONLY", "read-only,READ_ONLY", "' ingest ',INGEST", "writer,HYBRID", "'',HYBRID"})
    void aChoiceIgnoresCaseAndFallsBack(String text, Role role) {
        assertThat(settings(Map.of("TRADE_CANVAS_INGEST_ROLE", text)).ingestRole())
                .isEqualTo(role);
    }

    @Test
    void settingsOfOthersAreLeftAlone() {
        SmallRyeConfig config = config(Map.of("QUARKUS_HTTP_PORT", " 8000 ")).build();
        assertThat(config.getConfigValue("quarkus.http.port").getValue()).isEqualTo(" 8000 ");
    }

    @Test
    void mistakesInAnInterfaceAreFoundAtOnce() {
        assertThatThrownBy(() -> new KnownSettings(List.of(Untypical.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.time.Duration");
        assertThatThrownBy(() -> new KnownSettings(List.of(Sample.class, OtherMeaning.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trade-canvas.market-ws-catchup-limit has two meanings");
    }

    @Test
    void theModulesSettingsAreDiscovered() {
        assertThat(KnownSettings.discover().find("trade-canvas.cors-origins")).isNotNull();
    }

    private static Sample settings(Map<String, String> environment) {
        return config(environment).build().getConfigMapping(Sample.class);
    }

    private static SmallRyeConfigBuilder config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withInterceptors(new SettingsInterceptor(new KnownSettings(List.of(Sample.class))))
                .withMapping(Sample.class)
                .withSources(new EnvConfigSource(environment, EnvConfigSource.ORDINAL));
    }
}

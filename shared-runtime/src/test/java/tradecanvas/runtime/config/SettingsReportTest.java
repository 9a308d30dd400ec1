package tradecanvas.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tradecanvas.runtime.config.SettingsInterceptorTest.Sample;

class SettingsReportTest {
    private static final KnownSettings SETTINGS = new KnownSettings(List.of(Sample.class));

    @Test
    void aMisspeltVariableIsReportedWithTheNameThatIsMostLikeIt() {
        SettingsReport report = report(List.of("TRADE_CANVAS_MARKET_WS_CATCHUP_LIMT", "HOME"), Map.of());
        assertThat(report.unknown())
                .isEqualTo(Map.of("TRADE_CANVAS_MARKET_WS_CATCHUP_LIMT", "TRADE_CANVAS_MARKET_WS_CATCHUP_LIMIT"));
    }

    @Test
    void variablesOfTheContractThatNobodyReadsAreNoMistake() {
        SettingsReport report = report(
                List.of(
                        "TRADE_CANVAS_PIVOT_WINDOW_MAJOR",
                        "TRADE_CANVAS_FREQTRADE_ROOT",
                        "TRADE_CANVAS_BACKTEST_X",
                        "TRADE_CANVAS_ENABLE_REPLAY_V1",
                        "TRADE_CANVAS_DB_PATH"),
                Map.of());
        assertThat(report.unused())
                .containsExactly(
                        "TRADE_CANVAS_BACKTEST_X",
                        "TRADE_CANVAS_ENABLE_REPLAY_V1",
                        "TRADE_CANVAS_FREQTRADE_ROOT",
                        "TRADE_CANVAS_PIVOT_WINDOW_MAJOR");
        assertThat(report.unknown()).isEmpty();
    }

    @Test
    void variablesOfOtherRolesAreNoMistake() {
        SettingsReport report = report(List.of("TRADE_CANVAS_INTERNAL_PORT", "TRADE_CANVAS_WS_DRAIN_MS"), Map.of());
        assertThat(report.unused()).containsExactly("TRADE_CANVAS_INTERNAL_PORT", "TRADE_CANVAS_WS_DRAIN_MS");
        assertThat(report.unknown()).isEmpty();
    }

    @Test
    void onlyWhatDiffersFromItsDefaultIsShownAndSecretsAreNot() {
        SettingsReport report = report(
                List.of(),
                Map.of(
                        "trade-canvas.market-ws-catchup-limit", "100",
                        "trade-canvas.binance-ws-flush-s", "0.5",
                        "trade-canvas.postgres-schema", "public",
                        "trade-canvas.postgres-dsn", "postgresql://u:secret@h/db"));
        assertThat(report.changed())
                .as("neither defaults nor settings without a value, which this process does not use")
                .isEqualTo(Map.of("trade-canvas.market-ws-catchup-limit", "100", "trade-canvas.postgres-dsn", "***"));
    }

    private static SettingsReport report(List<String> environment, Map<String, String> values) {
        return SettingsReport.of(SETTINGS, environment, values::get);
    }
}

package tradecanvas.load.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SmokeParametersTest {
    @Test
    void theDefaultsAreTheContracts() {
        assertThat(lines(Smokes.parameters()))
                .containsExactly(
                        "WS_SMOKE_BACKEND_BASE=http://127.0.0.1:8000",
                        "WS_SMOKE_WS_URL=ws://127.0.0.1:8000/ws/market",
                        "WS_SMOKE_SERIES_ID=binance:futures:BTC/USDT:1m",
                        "WS_SMOKE_CLIENTS=200",
                        "WS_SMOKE_CONNECT_CONCURRENCY=100",
                        "WS_SMOKE_SINCE=0",
                        "WS_SMOKE_RECEIVE_TIMEOUT_S=8",
                        "WS_SMOKE_HTTP_TIMEOUT_S=8",
                        "WS_SMOKE_MIN_DELIVERY_RATIO=0.95",
                        "WS_SMOKE_MIN_CONNECT_RATIO=0.99",
                        "WS_SMOKE_MAX_P95_DELIVERY_MS=",
                        "WS_SMOKE_TRIGGER_CANDLE_TIME=1795424160",
                        "WS_SMOKE_CANDLES=1",
                        "WS_SMOKE_CANDLE_INTERVAL_MS=200",
                        "WS_SMOKE_SETTLE_MS=0",
                        "WS_SMOKE_ARTIFACT_ROOT=output/capacity",
                        "WS_SMOKE_RUN_ID=2026-11-23-085621-ws-readonly-smoke");
    }

    @Test
    void whatIsSetComesBackAsItWasSet() {
        SmokeParameters parameters = Smokes.parameters(
                "WS_URL", "ws://127.0.0.1:8001/ws/market",
                "CLIENTS", "1000",
                "RECEIVE_TIMEOUT_S", "2.5",
                "MAX_P95_DELIVERY_MS", "1000",
                "RUN_ID", "x");

        assertThat(lines(parameters))
                .contains(
                        "WS_SMOKE_BACKEND_BASE=http://127.0.0.1:8000",
                        "WS_SMOKE_WS_URL=ws://127.0.0.1:8001/ws/market",
                        "WS_SMOKE_CLIENTS=1000",
                        "WS_SMOKE_RECEIVE_TIMEOUT_S=2.5",
                        "WS_SMOKE_MAX_P95_DELIVERY_MS=1000",
                        "WS_SMOKE_RUN_ID=x");
    }

    @Test
    void theSocketAddressFollowsTheBase() {
        assertThat(Smokes.parameters("BACKEND_BASE", "http://10.0.0.5:9000/").socketUrl())
                .hasToString("ws://10.0.0.5:9000/ws/market");
    }

    @Test
    void aBlankVariableIsUnset() {
        assertThat(Smokes.parameters("CLIENTS", " ").clients()).isEqualTo(200);
    }

    @Test
    void consecutiveCandlesFollowTheTimeframe() {
        assertThat(Smokes.parameters("SERIES_ID", "a:b:c:5m", "TRIGGER_CANDLE_TIME", "600")
                        .triggerTime(2))
                .isEqualTo(1_200);
        assertThat(Smokes.parameters("SERIES_ID", "foo").stepSeconds()).isEqualTo(60);
    }

    @Test
    void anUnreadableValueIsNamed() {
        assertThatThrownBy(() -> Smokes.parameters("CLIENTS", "many"))
                .hasMessage("WS_SMOKE_CLIENTS is unreadable: many");
        assertThatThrownBy(() -> Smokes.parameters("CLIENTS", "0")).hasMessageContaining("at least 1");
    }

    private static List<String> lines(SmokeParameters parameters) {
        return parameters.effective().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }
}

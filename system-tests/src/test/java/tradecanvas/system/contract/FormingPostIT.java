package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.Api;

class FormingPostIT {
    private final Api api = SharedServer.api();
    private final String series = SharedServer.series();

    @Test
    void answerIsTheOneOfAClosedCandleAndNothingIsStored() {
        Api.Answer answer = api.post(Wire.POST_FORMING, Wire.post(series, 100));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"ok\":true,\"series_id\":\"" + series + "\",\"candle_time\":100}");
        assertThat(api.get("api/market/candles?series_id=" + series).body()).isEqualTo(Wire.page(series, null));
    }

    @Test
    void storedCandleIsNotTouched() {
        api.postClosed(series, 100);

        api.post(
                Wire.POST_FORMING,
                Wire.post(series, "{\"candle_time\":100,\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1}"));

        assertThat(api.get("api/market/candles?series_id=" + series).body()).isEqualTo(Wire.page(series, 100L, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "foo", "a:b:c:7w", ":", "日本"})
    void anyIdIsAccepted(String id) {
        assertThat(api.post(Wire.POST_FORMING, Wire.post(id, -5)).body()).isEqualTo(Wire.accepted(id, -5));
    }
}

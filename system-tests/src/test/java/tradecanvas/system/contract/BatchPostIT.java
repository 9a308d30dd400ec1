package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.system.contract.Wire.minutes;
import static tradecanvas.system.contract.Wire.page;

import org.junit.jupiter.api.Test;
import tradecanvas.system.client.Api;

class BatchPostIT {
    private final Api api = SharedServer.api();
    private final String series = SharedServer.series();

    @Test
    void answerTellsWhatWasInTheRequest() {
        Api.Answer answer = api.post(Wire.POST_BATCH, Wire.postBatch(series, false, 220, 100, 160));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"ok\":true,\"series_id\":\"" + series
                        + "\",\"count\":3,\"first_candle_time\":100,\"last_candle_time\":220}");
        assertThat(read()).isEqualTo(page(series, 220L, 100, 160, 220));
    }

    @Test
    void oneCandleIsABatch() {
        assertThat(api.post(Wire.POST_BATCH, Wire.postBatch(series, true, 100)).body())
                .isEqualTo("{\"ok\":true,\"series_id\":\"" + series
                        + "\",\"count\":1,\"first_candle_time\":100,\"last_candle_time\":100}");
    }

    @Test
    void ofTheSameTimeTheLastOneWinsAndAllAreCounted() {
        String first = "{\"candle_time\":100,\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1}";
        String body = "{\"candles\":[" + Api.candle(160) + "," + first + "," + Api.candle(100) + "],\"series_id\":\""
                + series + "\"}";

        assertThat(api.post(Wire.POST_BATCH, body).body())
                .isEqualTo("{\"ok\":true,\"series_id\":\"" + series
                        + "\",\"count\":3,\"first_candle_time\":100,\"last_candle_time\":160}");
        assertThat(read()).isEqualTo(page(series, 160L, 100, 160));
    }

    @Test
    void storedCandlesAreOverwritten() {
        String old = "{\"candle_time\":100,\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1}";
        api.post(Wire.POST_CLOSED, Wire.post(series, old));

        api.post(Wire.POST_BATCH, Wire.postBatch(series, false, 40, 100, 160));

        assertThat(read()).isEqualTo(page(series, 160L, 40, 100, 160));
    }

    @Test
    void twentyThousandCandlesFit() {
        Api.Answer answer = api.post(Wire.POST_BATCH, Wire.postBatch(series, false, minutes(60, 20_000)));

        assertThat(answer.body())
                .isEqualTo("{\"ok\":true,\"series_id\":\"" + series
                        + "\",\"count\":20000,\"first_candle_time\":60,\"last_candle_time\":1200000}");
        assertThat(api.get("api/market/candles?limit=1&series_id=" + series).body())
                .isEqualTo(page(series, 1_200_000L, 1_200_000));
    }

    @Test
    void oneCandleMoreIsRefusedAndNothingIsStored() {
        Api.Answer answer = api.post(Wire.POST_BATCH, Wire.postBatch(series, false, minutes(60, 20_001)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body())
                .startsWith("{\"detail\":[{\"type\":\"too_long\",\"loc\":[\"body\",\"candles\"],"
                        + "\"msg\":\"List should have at most 20000 items after validation, not 20001\",\"input\":")
                .endsWith(",\"ctx\":{\"field_type\":\"List\",\"max_length\":20000,\"actual_length\":20001}}]}");
        assertThat(read()).isEqualTo(page(series, null));
    }

    @Test
    void oneBadCandleRefusesAllOfThem() {
        String body = "{\"series_id\":\"" + series + "\",\"candles\":[" + Api.candle(100)
                + ",{\"candle_time\":160,\"open\":1,\"high\":1,\"low\":null,\"close\":1,\"volume\":1}]}";

        assertThat(api.post(Wire.POST_BATCH, body).body())
                .isEqualTo("{\"detail\":[{\"type\":\"float_type\",\"loc\":[\"body\",\"candles\",1,\"low\"],"
                        + "\"msg\":\"Input should be a valid number\",\"input\":null}]}");
        assertThat(read()).isEqualTo(page(series, null));
    }

    @Test
    void batchIsNotUnderTheMarketPath() {
        assertThat(api.post("api/market/ingest/candles_closed_batch", Wire.postBatch(series, false, 100))
                        .body())
                .isEqualTo("{\"detail\":\"Not Found\"}");
    }

    private String read() {
        return api.get("api/market/candles?series_id=" + series).body();
    }
}

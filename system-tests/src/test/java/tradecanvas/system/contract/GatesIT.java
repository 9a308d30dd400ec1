package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.RawConnection;
import tradecanvas.system.client.RawSocket;

class GatesIT {
    private static final String NOT_FOUND = "{\"detail\":\"not_found\"}";

    private final Api closed = ClosedServer.api();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api/market/health?series_id=a:b:c:1m",
                "api/market/health?series_id=ill-formed",
                "api/market/debug/metrics",
                "api/market/debug/series_health?series_id=a:b:c:1m",
                "api/market/debug/series_health?series_id=ill-formed"
            })
    void readBehindAClosedGateIsNotFoundInSmallLetters(String path) {
        assertThat(closed.get(path).status()).isEqualTo(404);
        assertThat(closed.get(path).body()).isEqualTo(NOT_FOUND);
    }

    @Test
    void postBehindAClosedGateIsNotFoundInSmallLetters() {
        Api.Answer forming = closed.post(Wire.POST_FORMING, Wire.post("a:b:c:1m", 100));
        Api.Answer batch = closed.post(Wire.POST_BATCH, Wire.postBatch("a:b:c:1m", true, 100));

        assertThat(forming.status()).isEqualTo(404);
        assertThat(forming.body()).isEqualTo(NOT_FOUND);
        assertThat(batch.status()).isEqualTo(404);
        assertThat(batch.body()).isEqualTo(NOT_FOUND);
        assertThat(closed.get("api/market/candles?series_id=a:b:c:1m").body()).isEqualTo(Wire.page("a:b:c:1m", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api/market/health",
                "api/market/health?series_id=a:b:c:1m&now_time=x",
                "api/market/debug/series_health?series_id=",
                "api/market/debug/series_health?series_id=a:b:c:1m&max_recent_gaps=0"
            })
    void validationComesBeforeAGateInsideTheHandler(String path) {
        assertThat(closed.get(path).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{", "", "[]", "{\"series_id\":\"a:b:c:1m\",\"candle\":{}}"})
    void formingIsValidatedBeforeItsGate(String body) {
        assertThat(closed.post(Wire.POST_FORMING, body).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 404",
                "[] | 404",
                "{\"series_id\":5,\"candles\":[]} | 404",
                "{\"series_id\":\"no series\",\"candles\":[{}]} | 404",
                "{ | 422",
                "nonsense | 422",
            })
    void gateInFrontOfTheBatchComesBeforeItsFieldsButNotBeforeJson(String body, int status) {
        Api.Answer answer = closed.post(Wire.POST_BATCH, body);

        assertThat(answer.status()).isEqualTo(status);
        if (status == 404) {
            assertThat(answer.body()).isEqualTo(NOT_FOUND);
        } else {
            assertThat(answer.json().at("/detail/0/type").textValue()).isEqualTo("json_invalid");
        }
    }

    @Test
    void candlesAndWhitelistHaveNoGate() {
        String series = SharedServer.series();

        assertThat(closed.post(Wire.POST_CLOSED, Wire.post(series, 100)).body()).isEqualTo(Wire.accepted(series, 100));
        assertThat(closed.get("api/market/candles?series_id=" + series).body()).isEqualTo(Wire.page(series, 100L, 100));
        assertThat(closed.get("api/market/whitelist").body()).isEqualTo("{\"series_ids\":[]}");
    }

    @Test
    void metricsNeedBothTheirGates() {
        assertThat(LimitedServer.api().get("api/market/debug/metrics").body()).isEqualTo(NOT_FOUND);
        assertThat(CustomServer.api().get("api/market/debug/metrics").body()).isEqualTo(NOT_FOUND);
        assertThat(SharedServer.api().get("api/market/debug/metrics").status()).isEqualTo(200);
    }

    @Test
    void healthNeedsOneOfItsTwoGates() {
        String health = "api/market/health?series_id=a:b:c:1m";

        assertThat(LimitedServer.api().get(health).status()).isEqualTo(200);
        assertThat(CustomServer.api().get(health).status()).isEqualTo(200);
        assertThat(LimitedServer.api()
                        .get("api/market/debug/series_health?series_id=a:b:c:1m")
                        .body())
                .isEqualTo(NOT_FOUND);
    }

    @Test
    void debugSocketIsRefusedAtTheHandshake() {
        try (RawConnection connection = RawConnection.open(ClosedServer.server().debugSocket())) {
            RawConnection.Answer answer =
                    RawSocket.handshake(connection, ClosedServer.server().debugSocket());

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("{\"detail\":\"debug_api_disabled\"}");
        }
    }
}

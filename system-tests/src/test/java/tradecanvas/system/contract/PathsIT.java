package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.Api;

class PathsIT {
    private final Api api = SharedServer.api();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api/nope",
                "nope",
                "api",
                "api/market",
                "api/market/ingest",
                "api/market/candle",
                "api/market/candles/x",
                "API/market/whitelist",
                "ws/nope",
                "ws/market",
                "ws/debug"
            })
    void unknownPathIsNotFoundInCapitals(String path) {
        Api.Answer answer = api.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Not Found\"}");
        assertThat(answer.response().headers().firstValue("content-type")).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "api/market/candles, POST, GET",
        "api/market/candles, DELETE, GET",
        "api/market/whitelist, PUT, GET",
        "api/market/health, POST, GET",
        "api/market/debug/metrics, POST, GET",
        "api/market/debug/series_health, PATCH, GET",
        "api/market/ingest/candle_closed, GET, POST",
        "api/market/ingest/candle_closed, PUT, POST",
        "api/market/ingest/candle_forming, GET, POST",
        "api/dev/market/ingest/candles_closed_batch, DELETE, POST",
    })
    void wrongMethodIsToldTheRightOne(String path, String method, String allowed) {
        Api.Answer answer = send(method, path);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
        String allow = answer.response().headers().firstValue("allow").orElse("");
        assertThat(Arrays.asList(allow.split(", "))).contains(allowed).doesNotContain(method);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, api/market/whitelist/, api/market/whitelist",
        "GET, api/market/candles/?series_id=a%20b&since=5, api/market/candles?series_id=a%20b&since=5",
        "POST, api/market/ingest/candle_closed/, api/market/ingest/candle_closed",
    })
    void slashTooManyIsRedirectedWithItsQuery(String method, String path, String location) {
        Api.Answer answer = send(method, path);

        assertThat(answer.status()).isEqualTo(307);
        URI target =
                URI.create(answer.response().headers().firstValue("location").orElseThrow());
        URI base = SharedServer.server().http();
        assertThat(base.resolve(target)).isEqualTo(base.resolve(location));
    }

    @Test
    void openApiNamesEveryPath() {
        Api.Answer answer = api.get("openapi?format=json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("openapi").textValue()).startsWith("3.");
        assertThat(answer.json().get("paths").fieldNames())
                .toIterable()
                .contains(
                        "/api/market/candles",
                        "/api/market/whitelist",
                        "/api/market/health",
                        "/api/market/debug/metrics",
                        "/api/market/debug/series_health",
                        "/api/market/ingest/candle_closed",
                        "/api/market/ingest/candle_forming",
                        "/api/dev/market/ingest/candles_closed_batch");
        assertThat(api.get("openapi").body()).contains("openapi: 3.", "/api/market/candles:");
    }

    private Api.Answer send(String method, String path) {
        return api.send(HttpRequest.newBuilder(SharedServer.server().http().resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }
}

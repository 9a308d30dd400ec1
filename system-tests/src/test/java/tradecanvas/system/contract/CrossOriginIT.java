package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.Api;

class CrossOriginIT {
    private static final String ALLOWED = "http://localhost:5173";

    private final Api api = SharedServer.api();

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:5173", "http://127.0.0.1:5173"})
    void pageOfAnAllowedOriginMayReadTheAnswer(String origin) {
        Api.Answer answer = send("GET", "api/market/whitelist", origin);

        assertThat(answer.status()).isEqualTo(200);
        assertReadableBy(answer, origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "http://localhost:5174", "https://localhost:5173", "null"})
    void pageOfAnotherOriginIsAnsweredButMayNotRead(String origin) {
        Api.Answer answer = send("GET", "api/market/whitelist", origin);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"series_ids\":[]}");
        assertThat(answer.response().headers().firstValue("access-control-allow-origin"))
                .isEmpty();
    }

    @Test
    void requestWithoutAnOriginGetsNoSuchHeaders() {
        HttpHeaders headers = api.get("api/market/whitelist").response().headers();

        assertThat(headers.map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, api/nope, 404",
        "GET, api/market/candles, 422",
        "POST, api/market/candles, 405",
        "POST, api/market/ingest/candle_closed, 422",
        "GET, api/market/health?series_id=x, 400",
        "GET, api/market/whitelist/, 307",
    })
    void refusalsMayBeReadAsWell(String method, String path, int status) {
        Api.Answer answer = send(method, path, ALLOWED);

        assertThat(answer.status()).isEqualTo(status);
        assertReadableBy(answer, ALLOWED);
    }

    @Test
    void closedGateMayBeReadAsWell() {
        Api closed = ClosedServer.api();
        Api.Answer answer = closed.send(request(
                        ClosedServer.server()
                                .http()
                                .resolve("api/market/debug/metrics")
                                .toString(),
                        "GET")
                .header("Origin", ALLOWED)
                .build());

        assertThat(answer.status()).isEqualTo(404);
        assertReadableBy(answer, ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void questionBeforehandIsAnsweredForEveryMethod(String method) {
        Api.Answer answer = preflight(ALLOWED, method);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("OK");
        assertReadableBy(answer, ALLOWED);
        HttpHeaders headers = answer.response().headers();
        assertThat(headers.firstValue("access-control-max-age")).contains("600");
        assertThat(headers.firstValue("access-control-allow-headers")).contains("x-one, content-type");
        assertThat(headers.firstValue("access-control-allow-methods").orElse(""))
                .contains(method);
    }

    @Test
    void questionBeforehandOfAnotherOriginIsRefused() {
        Api.Answer answer = preflight("http://evil.example", "POST");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.response().headers().firstValue("access-control-allow-origin"))
                .isEmpty();
    }

    @Test
    void originsAreTheConfiguredOnes() {
        String base =
                CustomServer.server().http().resolve("api/market/whitelist").toString();
        Api custom = CustomServer.api();

        Api.Answer own = custom.send(
                request(base, "GET").header("Origin", "https://chart.example").build());
        Api.Answer standard =
                custom.send(request(base, "GET").header("Origin", ALLOWED).build());

        assertReadableBy(own, "https://chart.example");
        assertThat(standard.response().headers().firstValue("access-control-allow-origin"))
                .isEmpty();
    }

    private static void assertReadableBy(Api.Answer answer, String origin) {
        HttpHeaders headers = answer.response().headers();
        assertThat(headers.allValues("access-control-allow-origin")).containsExactly(origin);
        assertThat(headers.allValues("access-control-allow-credentials")).containsExactly("true");
        assertThat(headers.allValues("vary")).anyMatch(value -> value.equalsIgnoreCase("origin"));
    }

    private Api.Answer send(String method, String path, String origin) {
        return api.send(request(SharedServer.server().http().resolve(path).toString(), method)
                .header("Origin", origin)
                .build());
    }

    private Api.Answer preflight(String origin, String method) {
        return api.send(
                request(SharedServer.server().http().resolve(Wire.POST_CLOSED).toString(), "OPTIONS")
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", method)
                        .header("Access-Control-Request-Headers", "x-one, content-type")
                        .build());
    }

    private static HttpRequest.Builder request(String address, String method) {
        return HttpRequest.newBuilder(URI.create(address)).method(method, HttpRequest.BodyPublishers.noBody());
    }
}

package tradecanvas.runtime.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class HttpEdgeTest {
    private static final String ALLOWED = "http://localhost:5173";

    @Test
    void aSuccessIsPlainJson() {
        given().queryParam("series_id", "a:b/c:1m")
                .when()
                .get("/api/edge")
                .then()
                .statusCode(200)
                .header("Content-Type", "application/json")
                .body(equalTo("{\"series_id\":\"a:b/c:1m\",\"limit\":500}"));
    }

    @Test
    void parametersAreValidatedAndTheLastOfARepeatedOneCounts() {
        envelope(given().get("/api/edge?limit=x").then(), 422)
                .body("detail", hasSize(2))
                .body("detail[0].loc", equalTo(java.util.List.of("query", "series_id")))
                .body("detail[0].input", nullValue())
                .body("detail[1].type", equalTo("int_parsing"));
        given().urlEncodingEnabled(false)
                .get("/api/edge?series_id=&series_id=a&limit=%2B7")
                .then()
                .body(equalTo("{\"series_id\":\"a\",\"limit\":7}"));
        envelope(
                        given().urlEncodingEnabled(false)
                                .get("/api/edge?series_id=%ff&limit=0")
                                .then(),
                        422)
                .body("detail[0].ctx.ge", equalTo(1));
        envelope(given().get("/api/edge?series_id").then(), 422).body("detail[0].type", equalTo("string_too_short"));
    }

    @Test
    void bodiesAreValidated() {
        envelope(post("{\"series_id\":5}"), 422)
                .body("detail.type", equalTo(java.util.List.of("string_type", "missing")));
        envelope(post("{"), 422).body("detail[0].type", equalTo("json_invalid"));
        envelope(given().header("Origin", ALLOWED).post("/api/edge").then(), 422)
                .body("detail[0].type", equalTo("missing"))
                .body("detail[0].loc", equalTo(java.util.List.of("body")));
        envelope(
                        given().header("Origin", ALLOWED)
                                .contentType("text/plain")
                                .body("x")
                                .post("/api/edge")
                                .then(),
                        422)
                .body("detail[0].input", equalTo("x"));
        post("{\"series_id\":\"é\",\"candle\":{\"candle_time\":60,\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3}}")
                .statusCode(200)
                .body("series_id", equalTo("é"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/edge/gate,404,not_found",
        "/api/edge/conflict,409,ledger_out_of_sync:factor",
        "/api/edge/crash,500,internal_error",
        "/api/edge/busy,503,Service Unavailable",
        "/api/edge/nowhere,404,Not Found",
        "/api/nowhere,404,Not Found",
        "/nowhere,404,Not Found",
        "/,404,Not Found",
    })
    void everyErrorHasTheEnvelopeAndTheHeadersOfItsOrigin(String path, int status, String detail) {
        envelope(
                        given().urlEncodingEnabled(false)
                                .header("Origin", ALLOWED)
                                .get(path)
                                .then(),
                        status)
                .body("detail", equalTo(detail))
                .header("Access-Control-Allow-Origin", ALLOWED);
    }

    @Test
    void aWrongMethodNamesTheRightOnes() {
        envelope(given().header("Origin", ALLOWED).delete("/api/edge").then(), 405)
                .body("detail", equalTo("Method Not Allowed"))
                .header("Allow", containsString("GET"))
                .header("Allow", containsString("POST"))
                .header("Access-Control-Allow-Origin", ALLOWED);
    }

    @Test
    void aBodyThatIsTooLongIsRefusedBeforeItIsRead() {
        envelope(post("\"" + "x".repeat(3000) + "\""), 413)
                .body("detail", equalTo("payload_too_large"))
                .header("Access-Control-Allow-Origin", ALLOWED)
                .header("Connection", "close");
    }

    @Test
    void aSlashTooManyIsRedirectedWithItsQuery() {
        given().redirects()
                .follow(false)
                .header("Origin", ALLOWED)
                .get("/api/edge/?series_id=a")
                .then()
                .statusCode(307)
                .header("Location", containsString("/api/edge?series_id=a"))
                .header("Access-Control-Allow-Origin", ALLOWED);
        given().get("/api/edge/?series_id=a").then().statusCode(200);
    }

    @Test
    void allowedOriginsMayReadTheAnswer() {
        given().header("Origin", ALLOWED)
                .get("/api/edge?series_id=a")
                .then()
                .header("Access-Control-Allow-Origin", ALLOWED)
                .header("Access-Control-Allow-Credentials", "true")
                .header("Vary", "Origin");
        given().header("Origin", "http://evil.example")
                .get("/api/edge?series_id=a")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void preflightsOfAllowedOriginsAreAnswered() {
        given().header("Origin", ALLOWED)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "x-one, content-type")
                .options("/api/edge/nowhere")
                .then()
                .statusCode(200)
                .body(equalTo("OK"))
                .header("Access-Control-Allow-Origin", ALLOWED)
                .header("Access-Control-Allow-Headers", "x-one, content-type")
                .header("Access-Control-Allow-Methods", containsString("PATCH"))
                .header("Access-Control-Max-Age", "600");
        given().header("Origin", "http://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .options("/api/edge")
                .then()
                .statusCode(400)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void whatIsNoRequestIsRefusedByItsStatus() throws IOException {
        String tooLong = "x".repeat(70_000);
        assertThat(raw("GET /" + tooLong + " HTTP/1.1\r\n\r\n")).contains(" 414 ");
        assertThat(raw("GET / HTTP/1.1\r\nX: " + tooLong + "\r\n\r\n")).contains(" 431 ");
        assertThat(raw("GET / HTTP/9.x\r\n\r\n")).contains(" 400 ");
        assertThat(raw("GET /% HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .contains(" 400 ");
        assertThat(raw("GET /api/edge?series_id=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .doesNotContain(" 500 ");
    }

    @ParameterizedTest
    @CsvSource({"/api/edge", "/api/edge/loop"})
    void aBodyOfUnknownLengthHasTheSameBound(String path) throws IOException {
        String chunk = "%x\r\n%s\r\n".formatted(1000, "x".repeat(1000));
        String answer = raw("POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5)
                + "0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 413").endsWith("{\"detail\":\"payload_too_large\"}");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ValidatableResponse post(String body) {
        return given().header("Origin", ALLOWED)
                .contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/edge")
                .then();
    }

    private static ValidatableResponse envelope(ValidatableResponse answer, int status) {
        return answer.statusCode(status).header("Content-Type", "application/json");
    }
}

package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.client.RawConnection;
import tradecanvas.system.client.RawSocket;

/** More than five hundred things that nobody should send: each gets its documented answer, and the server goes on. */
class MalformedIT {
    private static final int BODIES = 260;
    private static final int QUERIES = 130;
    private static final int FRAMES = 130;
    private static final int TEN_MEGABYTES = 10_000_000;
    private static final List<String> WRONG_VALUES =
            List.of("null", "true", "[]", "{}", "\"x\"", "[1]", "{\"a\":1}", "1e999", "NaN", "-Infinity", "\"nan\"");
    private static final List<String> FIELDS = List.of("candle_time", "open", "high", "low", "close", "volume");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Api api = SharedServer.api();

    @AfterEach
    void serverTellsTheStoryAsBefore() {
        String series = SharedServer.series();
        try (MarketSocket socket = SharedServer.socket()) {
            socket.subscribe(series, 100L, false);
            assertThat(socket.untilNow()).isEmpty();
            assertThat(api.postClosed(series, 160).body()).isEqualTo(Wire.accepted(series, 160));
            assertThat(socket.next()).isEqualTo(Wire.closed(series, 160));
        }
    }

    @Test
    void bodiesAreRefusedFieldByField() {
        for (int i = 0; i < BODIES; i++) {
            String body = badBody(i % 10);
            for (String path : List.of(Wire.POST_CLOSED, Wire.POST_FORMING)) {
                Api.Answer answer = api.post(path, body);
                assertThat(answer.status())
                        .as("seed %d %s %s", seed, path, cut(body))
                        .isEqualTo(422);
                assertThat(answer.json().get("detail").isArray()).isTrue();
                assertThat(answer.body().length()).as("bounded echo").isLessThan(200_000);
            }
        }
    }

    @Test
    void bytesThatAreNoTextAreNoJson() {
        for (int i = 0; i < 40; i++) {
            byte[] bytes = new byte[1 + random.nextInt(2000)];
            random.nextBytes(bytes);
            bytes[0] = (byte) 0xff;
            Api.Answer answer = post(bytes);
            assertThat(answer.status()).as("seed %d", seed).isEqualTo(422);
            assertThat(answer.json().at("/detail/0/type").asText()).isEqualTo("json_invalid");
        }
    }

    @Test
    void bodiesOfManyMegabytesAreBounded() {
        String huge = "{\"series_id\":\"" + "a".repeat(TEN_MEGABYTES) + ":1m\",\"candle\":" + Api.candle(100) + "}";
        assertThat(api.post(Wire.POST_CLOSED, huge).status()).isEqualTo(422);
        assertThat(api.post(Wire.POST_CLOSED, huge + " ".repeat(TEN_MEGABYTES)).body())
                .isEqualTo(Wire.refused("payload_too_large"));
    }

    @Test
    void sqlAndUnicodeInSeriesIdsAreJustText() {
        for (String text :
                List.of("'; DROP TABLE candles; --", "\" OR 1=1", "%_*", "é日本🚀", "a\\u0000b", "\\u202e", "a b")) {
            String id = text.replace("\"", "\\\"") + ":" + random.nextInt(1_000_000) + ":1m";
            assertThat(api.post(Wire.POST_CLOSED, Wire.post(id, 100)).status())
                    .as(id)
                    .isEqualTo(200);
            assertThat(api.get("api/market/candles?series_id=" + Api.encode(text))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void queriesAreRefusedParameterByParameter() {
        for (int i = 0; i < QUERIES; i++) {
            String bad = badQuery(i % 6);
            Api.Answer answer = api.get("api/market/candles?" + bad);
            assertThat(answer.status()).as("seed %d %s", seed, cut(bad)).isEqualTo(422);
            assertThat(answer.json().get("detail").isArray()).isTrue();
        }
    }

    @Test
    void requestsThatAreNoHttpAreRefused() {
        for (String request : List.of("GET\r\n\r\n", "nonsense\r\n\r\n")) {
            try (RawConnection connection =
                    RawConnection.open(SharedServer.server().http())) {
                assertThat(connection.send(request).answer().status())
                        .as(request)
                        .isEqualTo(400);
            }
        }
        String longLine = "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n";
        try (RawConnection connection = RawConnection.open(SharedServer.server().http())) {
            assertThat(connection.send(longLine).answer().status()).isEqualTo(414);
        }
    }

    @Test
    void messagesAreAnsweredOneByOneAndTheSocketStaysOpen() {
        String series = SharedServer.series();
        try (MarketSocket socket = SharedServer.socket()) {
            for (int i = 0; i < FRAMES; i++) {
                String message = badMessage(i % 8);
                socket.send(message);
                assertThat(socket.next())
                        .as("seed %d %s", seed, cut(message))
                        .startsWith("{\"type\":\"error\",\"code\":\"bad_request\",\"message\":\"");
            }
            api.postClosed(series, 100);
            socket.subscribe(series, null, false);
            assertThat(socket.next()).isEqualTo(Wire.closed(series, 100));
        }
    }

    @Test
    void framesThatBreakTheProtocolCloseTheirSocketOnly() {
        List<RawSocket> noisy = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            byte[] noise = new byte[200];
            random.nextBytes(noise);
            noise[0] = (byte) 0xf3; // reserved bits and a reserved opcode
            noisy.add(RawSocket.connect(SharedServer.server().marketSocket()).bytes(noise));
        }
        for (RawSocket socket : noisy) {
            assertThat(socket.awaitEnd()).as("seed %d", seed).isEqualTo(1002);
            socket.close();
        }
        try (RawSocket socket = RawSocket.connect(SharedServer.server().marketSocket())) {
            socket.bytes((byte) 0x81, (byte) 0xff, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0x98);
            socket.bytes((byte) 0x96, (byte) 0x80); // ten megabytes are announced
            assertThat(socket.awaitEnd()).isEqualTo(1009);
        }
    }

    private String badBody(int kind) {
        return switch (kind) {
            case 0 -> Wire.post(SharedServer.series(), candleWith(any(FIELDS), any(WRONG_VALUES)));
            case 1 -> Wire.post(SharedServer.series(), candleWithout(any(FIELDS)));
            case 2 -> {
                String whole = Wire.post(SharedServer.series(), 100);
                yield whole.substring(0, 1 + random.nextInt(whole.length() - 1));
            }
            case 3 -> "[".repeat(1 + random.nextInt(50_000));
            case 4 -> "{\"a\":".repeat(1 + random.nextInt(20_000));
            case 5 ->
                "{\"series_id\":" + any(List.of("null", "1", "true", "[]", "{}")) + ",\"candle\":" + Api.candle(100)
                        + "}";
            case 6 -> Wire.post(SharedServer.series(), any(WRONG_VALUES));
            case 7 -> "{\"series_id\":\"\\ud800" + random.nextInt() + ":1m\",\"candle\":" + Api.candle(100) + "}";
            case 8 -> any(List.of("", " ", "null", "1", "\"x\"", "[]", "{}", "{]", "tru", "\u0000", "{} {}"));
            default ->
                Wire.post(SharedServer.series(), candleWith("candle_time", "1" + "0".repeat(19 + random.nextInt(500))));
        };
    }

    private String badQuery(int kind) {
        return switch (kind) {
            case 0 ->
                "series_id=a:1m&limit="
                        + any(List.of("", "0", "-1", "5001", "x", "1.5", "99999999999999999999", "NaN"));
            case 1 -> "series_id=a:1m&since=" + any(List.of("", "-1", "x", "1e3", "0x10", "99999999999999999999"));
            case 2 -> "series_id=";
            case 3 -> any(List.of("", "limit=5", "since=1", "seriesid=a:1m", "=", "&&", "%20"));
            case 4 -> "series_id=a:1m&limit=" + Api.encode("1; DROP TABLE candles" + random.nextInt());
            default -> "series_id=a:1m&since=" + Api.encode("９" + (char) ('\u4e00' + random.nextInt(2000)));
        };
    }

    private String badMessage(int kind) {
        return switch (kind) {
            case 0 -> any(List.of("", " ", "null", "1", "\"x\"", "[]", "{", "tru", "{} {}", "\u0000"));
            case 1 -> "[".repeat(1 + random.nextInt(60_000));
            case 2 -> "{\"type\":" + any(List.of("1", "null", "[]", "\"\"", "\"x" + random.nextInt() + "\"")) + "}";
            case 3 -> "{\"type\":\"subscribe\",\"series_id\":" + any(List.of("1", "null", "\"\"", "[]")) + "}";
            case 4 ->
                "{\"type\":\"subscribe\",\"series_id\":\"a:1m\",\"since\":"
                        + any(List.of("1.0", "true", "\"1\"", "[]", "1e2")) + "}";
            case 5 ->
                "{\"type\":\"subscribe\",\"series_id\":\"a:1m\",\"supports_batch\":" + any(List.of("1", "\"x\"", "[]"))
                        + "}";
            case 6 ->
                "{\"type\":\"subscribe\",\"series_id\":\""
                        + any(List.of("foo", "a:1w", "a:0m", "'; DROP TABLE candles; --", "\\ud800:1m", "日本")) + "\"}";
            default -> "{\"type\":\"subscribe\",\"series_id\":\"" + "x".repeat(513 + random.nextInt(10_000)) + ":1m\"}";
        };
    }

    private Api.Answer post(byte[] body) {
        return api.send(HttpRequest.newBuilder(SharedServer.server().http().resolve(Wire.POST_CLOSED))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    private static String candleWith(String field, String value) {
        return Api.candle(100).replaceFirst("\"" + field + "\":[^,}]*", "\"" + field + "\":" + value);
    }

    private static String candleWithout(String field) {
        return Api.candle(100).replaceFirst("\"" + field + "\":[^,}]*,?", "").replace(",}", "}");
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String cut(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length > 200
                ? text.substring(0, Math.min(100, text.length())) + "… " + bytes.length + " bytes"
                : text;
    }
}

package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.system.contract.Wire.badRequest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.client.RawSocket;

/** What a client may say on the market socket, and what it is answered; the socket stays open throughout. */
class ClientMessagesIT {
    private static final String NO_ENVELOPE = badRequest("invalid message envelope");

    private final String series = SharedServer.series();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"type\":\"subscribe\"}]",
                "null",
                "5",
                "-1.5e3",
                "true",
                "\"subscribe\"",
                "",
                " ",
                "{",
                "}",
                "subscribe",
                "{\"type\":\"subscribe\"",
                "{'type':'subscribe'}",
                "{\"type\":NaN}",
                "{} {}",
                "{\"type\":\"subscribe\",}",
                "\uFEFF{}",
                "\u0000",
                "{\"a\":\"\u0001\"}"
            })
    void whatIsNoJsonObjectHasNoEnvelope(String message) {
        assertAnswer(message, NO_ENVELOPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":null}",
                "{\"type\":\"\"}",
                "{\"type\":5}",
                "{\"type\":true}",
                "{\"type\":[\"subscribe\"]}",
                "{\"type\":{}}",
                "{\"Type\":\"subscribe\",\"series_id\":\"a:b:c:1m\"}"
            })
    void typeIsTextThatIsNotEmpty(String message) {
        assertAnswer(message, badRequest("missing message type"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ping | ping",
                "SUBSCRIBE | SUBSCRIBE",
                "` subscribe` | ` subscribe`",
                "日本🚀 | 日本🚀",
                "\\u65e5\\/ | 日/",
                "a\\\"b\\\\ | a\\\"b\\\\",
                "\\u0000\\n | \\u0000\\n",
                "debug_snapshot | debug_snapshot",
            })
    void unknownTypeIsRepeated(String type, String repeated) {
        assertAnswer("{\"type\":\"" + type + "\"}", badRequest("unknown message type: " + repeated));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"series_id\":null",
                ",\"series_id\":\"\"",
                ",\"series_id\":7",
                ",\"series_id\":[\"a:b:c:1m\"]",
                ",\"series_id\":{},\"since\":\"x\",\"supports_batch\":1",
                ",\"SERIES_ID\":\"a:b:c:1m\""
            })
    void subscribeNamesASeries(String fields) {
        assertAnswer("{\"type\":\"subscribe\"" + fields + "}", badRequest("missing series_id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e3",
                "1.5",
                "-0.0",
                "\"100\"",
                "\"\"",
                "true",
                "false",
                "[]",
                "{}",
                "[100]",
                "\"x\",\"supports_batch\":\"x\""
            })
    void sinceIsAnInteger(String since) {
        assertAnswer(
                "{\"type\":\"subscribe\",\"series_id\":\"" + series + "\",\"since\":" + since + "}",
                badRequest("invalid since"));
        assertAnswer(
                "{\"since\":" + since + ",\"series_id\":\"no series\",\"type\":\"subscribe\"}",
                badRequest("invalid since"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "\"true\"", "\"\"", "[]", "{}", "1.0"})
    void supportsBatchIsABoolean(String supportsBatch) {
        String fields = ",\"since\":null,\"supports_batch\":" + supportsBatch + "}";

        assertAnswer(
                "{\"type\":\"subscribe\",\"series_id\":\"" + series + "\"" + fields,
                badRequest("invalid supports_batch"));
        assertAnswer(
                "{\"type\":\"subscribe\",\"series_id\":\"no series\"" + fields, badRequest("invalid supports_batch"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", ":", "a:b:c:", "a:b:c:7w", "a:b:c:1M", "a:b:c:0m", "a:b:c:-1m", "a:b:c:1.5h", "日本"})
    void seriesEndsWithATimeframe(String id) {
        assertAnswer("{\"type\":\"subscribe\",\"series_id\":\"" + id + "\"}", Wire.badSeries(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"since\":null,\"supports_batch\":null",
                "\"since\":0",
                "\"since\":-1,\"supports_batch\":true",
                "\"since\":9223372036854775807,\"supports_batch\":false",
                "\"since\":-123456789012345678901234567890",
                "\"x\":{\"type\":5},\"type\":\"subscribe\",\"since\":5,\"Since\":\"x\",\"limit\":-1",
                "\"since\":\"x\",\"since\":5"
            })
    void subscribeWithNothingToSendIsSilent(String fields) {
        try (MarketSocket socket = SharedServer.socket()) {
            socket.send("{\"type\":\"subscribe\",\"series_id\":\"" + series + "\"," + fields + "}");

            assertThat(socket.untilNow()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"series_id\":null",
                ",\"series_id\":\"\"",
                ",\"series_id\":5",
                ",\"series_id\":\"no series\"",
                ",\"series_id\":\"never:subscribed:X:1m\"",
                ",\"since\":\"x\",\"supports_batch\":5"
            })
    void unsubscribeIsAlwaysSilent(String fields) {
        try (MarketSocket socket = SharedServer.socket()) {
            socket.send("{\"type\":\"unsubscribe\"" + fields + "}");

            assertThat(socket.untilNow()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"subscribe\",\"series_id\":\"a:b:c:1m\"}", "", "\u0000"})
    void binaryMessageHasNoEnvelope(String payload) {
        try (RawSocket socket = RawSocket.connect(SharedServer.server().marketSocket())) {
            socket.frame(RawSocket.BINARY, true, payload.getBytes(StandardCharsets.UTF_8));
            assertThat(socket.nextText()).isEqualTo(NO_ENVELOPE);

            socket.frame(RawSocket.BINARY, false, "{\"type\"".getBytes(StandardCharsets.UTF_8))
                    .frame(RawSocket.CONTINUATION, true, ":\"x\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.nextText()).isEqualTo(NO_ENVELOPE);

            socket.text("{}");
            assertThat(socket.nextText()).isEqualTo(badRequest("missing message type"));
        }
    }

    @Test
    void messageMayComeInFragmentsWithAPingBetween() {
        try (RawSocket socket = RawSocket.connect(SharedServer.server().marketSocket())) {
            byte[] message = "{\"type\":\"日本\"}".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < message.length; i++) {
                socket.frame(i == 0 ? RawSocket.TEXT : RawSocket.CONTINUATION, false, new byte[] {message[i]});
                if (i == 10) { // inside a character
                    socket.frame(RawSocket.PING, true, new byte[] {1, 2, 3});
                }
            }
            socket.frame(RawSocket.CONTINUATION, true, new byte[0]);

            RawSocket.Frame pong = socket.next(RawSocket.PONG);
            assertThat(pong.text()).isEqualTo("\u0001\u0002\u0003");
            assertThat(socket.nextText()).isEqualTo(badRequest("unknown message type: 日本"));
        }
    }

    @Test
    void answersComeInTheOrderOfTheMessagesAroundCatchUps() {
        Posts posts = new Posts(SharedServer.api());
        List<String> expected = new ArrayList<>();
        try (MarketSocket socket = SharedServer.socket()) {
            for (int i = 0; i < 20; i++) {
                String next = SharedServer.series();
                posts.silently(next, 100, 160);
                socket.subscribe(next, 40L, i % 2 == 0).send("{\"type\":\"after " + i + "\"}");
                expected.addAll(i % 2 == 0 ? List.of(Wire.batch(next, 100, 160)) : Wire.singles(next, 100, 160));
                expected.add(badRequest("unknown message type: after " + i));
            }

            assertThat(socket.untilNow()).isEqualTo(expected);
        }
    }

    private static void assertAnswer(String message, String answer) {
        try (MarketSocket socket = SharedServer.socket()) {
            socket.send(message);

            assertThat(socket.untilNow()).containsExactly(answer);
            assertThat(socket.isClosed()).isFalse();
        }
    }
}

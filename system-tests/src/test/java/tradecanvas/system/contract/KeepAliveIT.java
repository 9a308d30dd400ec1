package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.RawSocket;

/** Pings and closes, seen by a client that answers only what the test makes it answer. */
class KeepAliveIT {
    private static final int PINGS = 2;
    private static final byte[] EMPTY = {};

    @Test
    void clientThatAnswersPingsStays() {
        String series = SharedServer.series();
        try (RawSocket socket = subscribed(series)) {
            for (int i = 0; i < PINGS; i++) {
                byte[] ping = socket.next(RawSocket.PING).text().getBytes(StandardCharsets.UTF_8);
                socket.frame(RawSocket.PONG, true, ping);
            }

            new Posts(LimitedServer.api()).closed(series, 100);

            assertThat(socket.nextText()).isEqualTo(Wire.closed(series, 100));
        }
    }

    @Test
    void clientThatTalksButDoesNotAnswerPingsStays() {
        try (RawSocket socket = subscribed(SharedServer.series())) {
            for (int i = 0; i < PINGS; i++) {
                socket.next(RawSocket.PING);
                socket.text("{}");
                assertThat(socket.nextText()).isEqualTo(Wire.badRequest("missing message type"));
            }
        }
    }

    @Test
    void clientThatIsSilentIsDropped() {
        try (RawSocket socket = subscribed(SharedServer.series())) {
            assertThat(socket.next(RawSocket.PING).isLast()).isTrue();

            RawSocket.Frame close = socket.next(RawSocket.CLOSE);

            assertThat(close.closeCode()).isEqualTo(1011);
            assertThat(close.text()).isEqualTo("ping_timeout");
            assertThat(socket.next()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "日本"})
    void pingIsAnsweredWithItsOwnContent(String content) {
        try (RawSocket socket = subscribed(SharedServer.series())) {
            socket.frame(RawSocket.PING, true, content.getBytes(StandardCharsets.UTF_8));

            assertThat(socket.next(RawSocket.PONG).text()).isEqualTo(content);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, bye", "1000, ''", "1001, going away", "3000, x", "4999, y"})
    void closeIsAnsweredWithItsCodeAndThenTheConnectionEnds(int code, String reason) {
        try (RawSocket socket = subscribed(SharedServer.series())) {
            socket.frame(RawSocket.CLOSE, true, RawSocket.closePayload(code, reason));

            assertThat(socket.next(RawSocket.CLOSE).closeCode()).isEqualTo(code);
            assertThat(socket.next()).isNull();
        }
    }

    @Test
    void closeWithoutACodeIsAnsweredWithoutOne() {
        try (RawSocket socket = subscribed(SharedServer.series())) {
            socket.frame(RawSocket.CLOSE, true, EMPTY);

            assertThat(socket.next(RawSocket.CLOSE).closeCode()).isEqualTo(RawSocket.NO_CODE);
            assertThat(socket.next()).isNull();
        }
    }

    @Test
    void afterACloseNothingIsAnswered() {
        try (RawSocket socket = subscribed(SharedServer.series())) {
            socket.frame(RawSocket.CLOSE, true, RawSocket.closePayload(1000, ""))
                    .text("{}")
                    .frame(RawSocket.PING, true, EMPTY);

            assertThat(Objects.requireNonNull(socket.next()).opcode()).isEqualTo(RawSocket.CLOSE);
            assertThat(socket.next()).isNull();
        }
    }

    private static RawSocket subscribed(String series) {
        RawSocket socket = RawSocket.connect(LimitedServer.server().marketSocket());
        socket.text("{\"type\":\"subscribe\",\"series_id\":\"" + series + "\"}").text("{\"type\":\"mark\"}");
        assertThat(socket.nextText()).isEqualTo(Wire.badRequest("unknown message type: mark"));
        return socket;
    }
}

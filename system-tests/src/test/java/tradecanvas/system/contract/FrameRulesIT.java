package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.RawConnection;
import tradecanvas.system.client.RawSocket;

/** Frames that break the protocol close the socket with the protocol's code. */
class FrameRulesIT {
    private static final int PROTOCOL_ERROR = 1002;
    private static final byte[] EMPTY = {};

    @ParameterizedTest
    @ValueSource(ints = {0xC1, 0xA1, 0x91, 0xF1})
    void reservedBitsAreRefused(int firstByte) {
        assertThat(closeCodeAfter(RawSocket.masked(firstByte, "{}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void reservedOpcodesAreRefused(int opcode) {
        assertThat(closeCodeAfter(RawSocket.masked(0x80 | opcode, EMPTY))).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void frameThatIsNotMaskedIsRefused() {
        assertThat(closeCodeAfter((byte) 0x81, (byte) 2, (byte) '{', (byte) '}'))
                .isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void continuationOfNothingIsRefused() {
        assertThat(closeCodeAfter(RawSocket.masked(0x80 | RawSocket.CONTINUATION, EMPTY)))
                .isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void newMessageInsideAnotherIsRefused() {
        try (RawSocket socket = connect()) {
            socket.frame(RawSocket.TEXT, false, EMPTY).frame(RawSocket.TEXT, true, EMPTY);

            assertThat(socket.next(RawSocket.CLOSE).closeCode()).isEqualTo(PROTOCOL_ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RawSocket.CLOSE, RawSocket.PING, RawSocket.PONG})
    void controlFrameInFragmentsIsRefused(int opcode) {
        assertThat(closeCodeAfter(RawSocket.masked(opcode, EMPTY))).isEqualTo(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {RawSocket.CLOSE, RawSocket.PING, RawSocket.PONG})
    void controlFrameOfMoreThan125BytesIsRefused(int opcode) {
        assertThat(closeCodeAfter(RawSocket.masked(0x80 | opcode, new byte[126])))
                .isEqualTo(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1100, 2999, 5000})
    void closeCodesThatNobodyMaySendAreRefused(int code) {
        assertThat(closeCodeAfter(RawSocket.masked(0x80 | RawSocket.CLOSE, RawSocket.closePayload(code, ""))))
                .isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void closeWithHalfACodeIsRefused() {
        assertThat(closeCodeAfter(RawSocket.masked(0x80 | RawSocket.CLOSE, new byte[1])))
                .isEqualTo(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(longs = {65_537, 10 << 20, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE})
    void frameThatAnnouncesTooMuchIsRefusedBeforeItIsSent(long length) {
        byte[] header = new byte[14];
        ByteBuffer.wrap(header).put((byte) 0x81).put((byte) 0xFF).putLong(length);

        assertThat(closeCodeAfter(header)).isEqualTo(1009);
    }

    @Test
    void frameOfTenMegabytesIsRefused() {
        assertThat(closeCodeAfter(RawSocket.masked(0x81, new byte[10 << 20]))).isEqualTo(1009);
    }

    @Test
    void connectionEndsWhenTheClientHasAnsweredTheClose() {
        try (RawSocket socket = connect()) {
            socket.bytes((byte) 0x81, (byte) 0);
            assertThat(socket.next(RawSocket.CLOSE).text()).isEqualTo("protocol_error");

            socket.frame(RawSocket.CLOSE, true, RawSocket.closePayload(PROTOCOL_ERROR, ""));

            assertThat(socket.next()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Version: 12\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
            })
    void handshakeThatIsIncompleteIsRefused(String headers) {
        try (RawConnection connection = RawConnection.open(SharedServer.server().marketSocket())) {
            RawConnection.Answer answer = connection
                    .send("GET /ws/market HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + headers + "\r\n\r\n")
                    .answer();

            assertThat(answer.status()).isBetween(400, 499);
        }
    }

    private static int closeCodeAfter(byte... bytes) {
        try (RawSocket socket = connect()) {
            return socket.bytes(bytes).next(RawSocket.CLOSE).closeCode();
        }
    }

    private static RawSocket connect() {
        return RawSocket.connect(SharedServer.server().marketSocket());
    }
}

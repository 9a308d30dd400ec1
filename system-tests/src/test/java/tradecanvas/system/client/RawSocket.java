package tradecanvas.system.client;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client that does nothing by itself: it answers no ping and no close, and sends any frame, right or wrong.
 *
 * <p>Source: RFC 6455. Owner: one test.
 */
public final class RawSocket implements AutoCloseable {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** What a close frame without a code reads as. */
    public static final int NO_CODE = 1005;
    /** What an end without a close frame reads as. */
    public static final int DROPPED = 1006;

    private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};
    private static final int LAST_FRAGMENT = 0x80;
    private static final int MASKED = 0x80;

    /** One frame of the server. */
    public record Frame(boolean isLast, int opcode, String text, int closeCode) {}

    private final RawConnection connection;

    private RawSocket(RawConnection connection) {
        this.connection = connection;
    }

    public static RawSocket connect(URI address) {
        RawConnection connection = RawConnection.open(address);
        RawConnection.Answer answer = handshake(connection, address);
        if (answer.status() != 101) {
            throw new AssertionError("handshake answered " + answer);
        }
        return new RawSocket(connection);
    }

    /** Asks for the upgrade and returns the answer, whatever it is. */
    public static RawConnection.Answer handshake(RawConnection connection, URI address) {
        return connection
                .send("GET " + address.getPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .answer();
    }

    public RawSocket text(String message) {
        return frame(TEXT, true, message.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a masked frame with this opcode, whole or not. */
    public RawSocket frame(int opcode, boolean isLast, byte[] payload) {
        return bytes(masked((isLast ? LAST_FRAGMENT : 0) | opcode, payload));
    }

    /** Sends anything. */
    public RawSocket bytes(byte... bytes) {
        connection.send(bytes);
        return this;
    }

    /** The payload of a close frame. */
    public static byte[] closePayload(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + text.length)
                .putShort((short) code)
                .put(text)
                .array();
    }

    /** A masked frame with any first byte: flags, reserved bits and opcode. */
    public static byte[] masked(int firstByte, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
        frame.write(firstByte);
        if (payload.length < 126) {
            frame.write(MASKED | payload.length);
        } else if (payload.length <= 0xFFFF) {
            frame.write(MASKED | 126);
            frame.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            frame.write(MASKED | 127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i % MASK.length]);
        }
        return frame.toByteArray();
    }

    /** The next frame of any kind, null at the end of the connection. */
    public @Nullable Frame next() {
        int first = connection.read();
        int second = connection.read();
        if (first == RawConnection.END || second == RawConnection.END) {
            return null;
        }
        int length = second;
        if (second == 126) {
            length = Short.toUnsignedInt(ByteBuffer.wrap(connection.read(2)).getShort());
        } else if (second == 127) {
            length = Math.toIntExact(ByteBuffer.wrap(connection.read(8)).getLong());
        }
        byte[] payload = connection.read(length);
        int opcode = first & 0x0F;
        boolean isClose = opcode == CLOSE;
        int code = isClose && length >= 2
                ? Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort())
                : NO_CODE;
        byte[] text = isClose && length >= 2 ? Arrays.copyOfRange(payload, 2, length) : payload;
        return new Frame((first & LAST_FRAGMENT) != 0, opcode, new String(text, StandardCharsets.UTF_8), code);
    }

    /** The next frame with this opcode; skips others. */
    public Frame next(int opcode) {
        for (Frame frame = next(); frame != null; frame = next()) {
            if (frame.opcode == opcode) {
                return frame;
            }
        }
        throw new AssertionError("connection ended before a frame with opcode " + opcode);
    }

    /** The next text message; skips pings. */
    public String nextText() {
        return next(TEXT).text;
    }

    /** Reads to the end and returns the code that the server closed with, {@link #DROPPED} where it sent none. */
    public int awaitEnd() {
        int code = DROPPED;
        for (Frame frame = next(); frame != null; frame = next()) {
            if (frame.opcode == CLOSE && code == DROPPED) {
                code = frame.closeCode;
            }
        }
        return code;
    }

    @Override
    public void close() {
        connection.close();
    }
}

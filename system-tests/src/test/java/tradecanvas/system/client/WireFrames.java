package tradecanvas.system.client;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * WebSocket frames as bytes: what a client sends, and what it cuts out of the server's stream.
 *
 * <p>The mask of a client's frame is zero, which is valid. Source: RFC 6455 section 5.2.
 */
final class WireFrames {
    static final int TEXT = 0x1;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int OPCODE = 0x0F;
    private static final int SHORT_MAX = 125;
    private static final int MEDIUM = 126;
    private static final int MASK_BYTES = 4;

    private WireFrames() {}

    /** One frame of the server; servers do not mask, and ours does not fragment. */
    record Frame(int opcode, ByteBuffer payload) {
        String text() {
            return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        }
    }

    static ByteBuffer handshake(URI address) {
        return ascii("GET " + address.getPath() + " HTTP/1.1\r\n"
                + "Host: " + address.getAuthority() + "\r\n"
                + "Connection: Upgrade\r\n"
                + "Upgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    }

    static ByteBuffer text(String message) {
        return frame(TEXT, StandardCharsets.UTF_8.encode(message));
    }

    static ByteBuffer frame(int opcode, ByteBuffer payload) {
        int length = payload.remaining();
        if (length > 0xFFFF) {
            throw new IllegalArgumentException("a client message of " + length + " bytes");
        }
        ByteBuffer frame = ByteBuffer.allocate(2 + Short.BYTES + MASK_BYTES + length);
        frame.put((byte) (FIN | opcode));
        if (length <= SHORT_MAX) {
            frame.put((byte) (MASKED | length));
        } else {
            frame.put((byte) (MASKED | MEDIUM)).putShort((short) length);
        }
        return frame.putInt(0).put(payload).flip();
    }

    /** Takes the next frame out of the buffer, or nothing where it is not complete. */
    static @Nullable Frame next(ByteBuffer in) {
        int start = in.position();
        if (in.remaining() < 2) {
            return null;
        }
        int head = in.get();
        int code = in.get();
        if ((head & FIN) == 0 || (code & MASKED) != 0) {
            throw new IllegalStateException("fragmented or masked frame from the server");
        }
        long length = code <= SHORT_MAX ? code : extendedLength(in, code);
        if (length < 0 || in.remaining() < length) {
            in.position(start);
            return null;
        }
        ByteBuffer payload = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return new Frame(head & OPCODE, payload);
    }

    private static long extendedLength(ByteBuffer in, int code) {
        int bytes = code == MEDIUM ? Short.BYTES : Long.BYTES;
        if (in.remaining() < bytes) {
            return -1;
        }
        return code == MEDIUM ? Short.toUnsignedInt(in.getShort()) : in.getLong();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}

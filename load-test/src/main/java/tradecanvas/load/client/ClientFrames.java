package tradecanvas.load.client;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the client sends on a socket, as bytes.
 *
 * <p>The mask of every frame is zero: that is valid, and the payload stays readable in a trace.
 */
final class ClientFrames {
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int MASK_BYTES = 4;
    private static final int OPCODE_PONG = 0xA;

    private ClientFrames() {}

    /** The handshake; no extension is offered, so nothing is compressed. */
    static byte[] upgrade(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String request = "GET " + path + query + " HTTP/1.1\r\n"
                + "Host: " + uri.getAuthority() + "\r\n"
                + "Connection: Upgrade\r\n"
                + "Upgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        return request.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] text(String message) {
        byte[] payload = message.getBytes(StandardCharsets.UTF_8);
        return frame(FrameScanner.OPCODE_TEXT, payload, 0, payload.length);
    }

    static byte[] pong(byte[] data, int offset, int length) {
        return frame(OPCODE_PONG, data, offset, length);
    }

    private static byte[] frame(int opcode, byte[] data, int offset, int length) {
        if (length > 0xffff) {
            throw new IllegalArgumentException("frame of " + length + " bytes exceeds 65535");
        }
        ByteBuffer frame = ByteBuffer.allocate(2 + (length < 126 ? 0 : 2) + MASK_BYTES + length);
        frame.put((byte) (FIN | opcode));
        if (length < 126) {
            frame.put((byte) (MASKED | length));
        } else {
            frame.put((byte) (MASKED | 126)).putShort((short) length);
        }
        return frame.putInt(0).put(data, offset, length).array();
    }
}

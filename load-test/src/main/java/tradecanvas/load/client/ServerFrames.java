package tradecanvas.load.client;

import java.nio.ByteBuffer;

/** What a server sends on a socket, for servers that only copy it. Stateless. */
public final class ServerFrames {
    private static final int FIN_TEXT = 0x80 | FrameScanner.OPCODE_TEXT;

    private ServerFrames() {}

    /** A text message as one frame. */
    public static byte[] text(byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) FIN_TEXT);
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length <= 0xffff) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        byte[] bytes = new byte[frame.put(payload).position()];
        frame.flip().get(bytes);
        return bytes;
    }
}

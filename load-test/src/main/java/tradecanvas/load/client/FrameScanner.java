package tradecanvas.load.client;

/** Cuts the bytes from a server into WebSocket frames. Stateless; threads: any. */
public final class FrameScanner {
    public static final int OPCODE_CONTINUATION = 0x0;
    public static final int OPCODE_TEXT = 0x1;
    public static final int OPCODE_CLOSE = 0x8;
    public static final int OPCODE_PING = 0x9;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;

    private FrameScanner() {}

    /** Receives each complete frame; the bytes are only valid during the call. */
    public interface Sink {
        void frame(int opcode, boolean last, byte[] data, int offset, int length);
    }

    /**
     * Hands every complete frame between {@code from} and {@code to} to the sink.
     *
     * <p>Shape: returns the index of the first byte of an incomplete frame, {@code to} where nothing is left over.
     * Errors: IllegalStateException for a masked frame or one beyond 2 GiB, which no server may send.
     */
    public static int scan(byte[] data, int from, int to, Sink sink) {
        int next = from;
        while (to - next >= 2) {
            int lengthCode = data[next + 1];
            if ((lengthCode & MASKED) != 0) {
                throw new IllegalStateException("masked frame from the server");
            }
            int header = headerBytes(lengthCode);
            if (to - next < header) {
                return next;
            }
            long length = payloadBytes(data, next, lengthCode);
            if (to - next - header < length) {
                return next;
            }
            sink.frame(data[next] & 0x0f, (data[next] & FIN) != 0, data, next + header, (int) length);
            next += header + (int) length;
        }
        return next;
    }

    private static int headerBytes(int lengthCode) {
        return switch (lengthCode) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
    }

    private static long payloadBytes(byte[] data, int frame, int lengthCode) {
        if (lengthCode < 126) {
            return lengthCode;
        }
        int count = lengthCode == 126 ? 2 : 8;
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << 8) | (data[frame + 2 + i] & 0xff);
        }
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new IllegalStateException("frame of " + Long.toUnsignedString(length) + " bytes from the server");
        }
        return length;
    }
}

package tradecanvas.load.client;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * One array in which an event loop joins what a connection left over with what it just received.
 *
 * <p>Threads: one event loop, which shares it among all its connections.
 */
final class JoinedBytes {
    static final byte[] NOTHING = {};

    private byte[] bytes = new byte[64 * 1024];
    private int length;

    /** Fills the array; the content is valid until the next call. */
    byte[] join(byte[] rest, ByteBuf received) {
        int count = received.readableBytes();
        length = rest.length + count;
        if (length > bytes.length) {
            bytes = new byte[Math.max(length, bytes.length * 2)];
        }
        System.arraycopy(rest, 0, bytes, 0, rest.length);
        received.readBytes(bytes, rest.length, count);
        return bytes;
    }

    int length() {
        return length;
    }

    /** What the connection must keep when everything before {@code from} is used up. */
    byte[] restAfter(int from) {
        return from == length ? NOTHING : Arrays.copyOfRange(bytes, from, length);
    }
}

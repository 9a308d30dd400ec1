package tradecanvas.gateway.fanout;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.model.wire.ServerMessage;
import tradecanvas.model.wire.ServerMessageCodec;

/**
 * Server messages as unmasked WebSocket text frames, ready for the wire.
 *
 * <p>Source: RFC 6455 section 5.2.
 */
public final class Frames {
    private static final int FINAL_TEXT = 0x81;
    private static final int SHORT_PAYLOAD_MAX = 125;
    private static final int MEDIUM_PAYLOAD_MAX = 0xFFFF;
    private static final int BYTES_PER_CANDLE = 200;

    private Frames() {}

    /** One message as one frame. */
    public static byte[] encode(ServerMessage message) {
        byte[] payload = ServerMessageCodec.encode(message);
        byte[] frame = new byte[headerSize(payload.length) + payload.length];
        ByteBuffer out = ByteBuffer.wrap(frame);
        putHeader(out, payload.length);
        out.put(payload);
        return frame;
    }

    /** Messages in their order, one frame each, joined. */
    public static byte[] encode(List<? extends ServerMessage> messages) {
        if (messages.size() == 1) {
            return encode(messages.getFirst());
        }
        ByteArrayOutputStream frames = new ByteArrayOutputStream(messages.size() * BYTES_PER_CANDLE);
        JsonBuffer payload = new JsonBuffer(BYTES_PER_CANDLE);
        ByteBuffer header = ByteBuffer.allocate(headerSize(Integer.MAX_VALUE));
        for (ServerMessage message : messages) {
            payload.clear();
            ServerMessageCodec.write(payload, message);
            header.clear();
            putHeader(header, payload.length());
            frames.write(header.array(), 0, header.position());
            payload.writeTo(frames);
        }
        return frames.toByteArray();
    }

    /**
     * Frames outside the heap, for many sockets to write without copying.
     *
     * <p>The garbage collector frees the memory, so nobody has to count who still writes it.
     */
    public static ByteBuf shared(byte[] frames) {
        return Unpooled.wrappedBuffer(
                ByteBuffer.allocateDirect(frames.length).put(frames).flip());
    }

    private static int headerSize(int payload) {
        if (payload <= SHORT_PAYLOAD_MAX) {
            return 2;
        }
        return payload <= MEDIUM_PAYLOAD_MAX ? 4 : 10;
    }

    private static void putHeader(ByteBuffer out, int payload) {
        out.put((byte) FINAL_TEXT);
        if (payload <= SHORT_PAYLOAD_MAX) {
            out.put((byte) payload);
        } else if (payload <= MEDIUM_PAYLOAD_MAX) {
            out.put((byte) 126).putShort((short) payload);
        } else {
            out.put((byte) 127).putLong(payload);
        }
    }
}

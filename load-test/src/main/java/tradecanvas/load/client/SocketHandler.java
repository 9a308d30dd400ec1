package tradecanvas.load.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Handshake, frames and pongs of one socket. Owner: the event loop of its channel. */
final class SocketHandler extends ChannelInboundHandlerAdapter implements FrameScanner.Sink {
    private static final int HANDSHAKE_BYTES_MAX = 16 * 1024;

    private final SocketListener listener;
    private final JoinedBytes joined;
    private final byte[] upgrade;
    private final Runnable settled;
    private final LongConsumer retry;

    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteArrayOutputStream fragments;
    private byte[] rest = JoinedBytes.NOTHING;
    private boolean open;
    private boolean settledOnce;
    private boolean over;
    private long receivedNanos;

    /**
     * {@code settled} runs once, when the handshake succeeded or failed; {@code retry} instead when another handler shall try
     * again after so many nanoseconds.
     */
    SocketHandler(SocketListener listener, JoinedBytes joined, byte[] upgrade, Runnable settled, LongConsumer retry) {
        this.listener = listener;
        this.joined = joined;
        this.upgrade = upgrade;
        this.settled = settled;
        this.retry = retry;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        send(ctx, upgrade);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        receivedNanos = System.nanoTime();
        ByteBuf received = (ByteBuf) message;
        if (over) {
            received.release();
            return;
        }
        try {
            byte[] data = joined.join(rest, received);
            int length = joined.length();
            int from = open ? 0 : handshake(ctx, data, length);
            int used = open ? FrameScanner.scan(data, from, length, this) : from;
            rest = joined.restAfter(used);
        } finally {
            received.release();
        }
    }

    @Override
    public void frame(int opcode, boolean last, byte[] data, int offset, int length) {
        switch (opcode) {
            case FrameScanner.OPCODE_TEXT -> {
                if (last) {
                    listener.message(data, offset, length, receivedNanos);
                } else {
                    fragments = new ByteArrayOutputStream();
                    fragments.write(data, offset, length);
                }
            }
            case FrameScanner.OPCODE_CONTINUATION -> continued(last, data, offset, length);
            case FrameScanner.OPCODE_PING -> {
                if (context != null) {
                    send(context, ClientFrames.pong(data, offset, length));
                }
            }
            case FrameScanner.OPCODE_CLOSE -> fail(closeReason(data, offset, length));
            default -> {
                // pongs and binary frames mean nothing here
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(open ? "connection ended" : "connection ended during the handshake");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(String.valueOf(cause.getMessage()));
    }

    /** Ends the socket with a reason for its listener. */
    void fail(String reason) {
        if (over) {
            return;
        }
        over = true;
        listener.failed(reason);
        settle();
        if (context != null) {
            var _ = context.close();
        }
    }

    /** Ends the socket without a word to its listener. */
    void leave() {
        over = true;
        if (context != null) {
            var _ = context.close();
        }
    }

    /** Fails a socket whose handshake is still without an answer. */
    void handshakeDue() {
        if (!open && !over) {
            fail("handshake timed out");
        }
    }

    private int handshake(ChannelHandlerContext ctx, byte[] data, int length) {
        int end = endOfHead(data, length);
        if (end < 0) {
            if (length > HANDSHAKE_BYTES_MAX) {
                fail("handshake answer exceeds " + HANDSHAKE_BYTES_MAX + " bytes");
            }
            return 0;
        }
        String statusLine = new String(data, 0, end, StandardCharsets.US_ASCII)
                .lines()
                .findFirst()
                .orElse("");
        if (!statusLine.startsWith("HTTP/1.1 101")) {
            refuse(statusLine);
            return end;
        }
        open = true;
        String first = listener.opened();
        if (!first.isEmpty()) {
            send(ctx, ClientFrames.text(first));
        }
        settle();
        return end;
    }

    private void refuse(String statusLine) {
        long delayNanos = listener.retryAfterNanos(statusLine);
        if (delayNanos == SocketListener.NO_RETRY) {
            fail("handshake refused: " + statusLine);
            return;
        }
        leave();
        retry.accept(delayNanos);
    }

    private void settle() {
        if (!settledOnce) {
            settledOnce = true;
            settled.run();
        }
    }

    private void continued(boolean last, byte[] data, int offset, int length) {
        if (fragments == null) {
            fail("continuation without a start");
            return;
        }
        fragments.write(data, offset, length);
        if (last) {
            byte[] whole = fragments.toByteArray();
            fragments = null;
            listener.message(whole, 0, whole.length, receivedNanos);
        }
    }

    private static int endOfHead(byte[] data, int length) {
        for (int i = 3; i < length; i++) {
            if (data[i] == '\n' && data[i - 1] == '\r' && data[i - 2] == '\n' && data[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private static String closeReason(byte[] data, int offset, int length) {
        if (length < 2) {
            return "closed by the server";
        }
        int code = ((data[offset] & 0xff) << 8) | (data[offset + 1] & 0xff);
        return ("closed by the server: " + code + " "
                        + new String(data, offset + 2, length - 2, StandardCharsets.UTF_8))
                .strip();
    }

    private static void send(ChannelHandlerContext ctx, byte[] bytes) {
        var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(bytes), ctx.voidPromise());
    }
}

package tradecanvas.system.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One socket of a swarm. Threads: any. */
public final class SwarmSocket implements AutoCloseable {
    /** How a socket ended without a close frame. */
    public static final MarketSocket.Closed CONNECTION_ENDED = new MarketSocket.Closed(1006, "");

    private static final int WAIT_MAX_S = 20;
    private static final int BUFFER_BYTES_FIRST = 4096;
    private static final String HEAD_END = "\r\n\r\n";

    private final SocketChannel channel;
    private final Consumer<String> listener;
    private final CompletableFuture<MarketSocket.Closed> closed = new CompletableFuture<>();
    private ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES_FIRST);
    private @Nullable SelectionKey key;

    SwarmSocket(SocketChannel channel, Consumer<String> listener) {
        this.channel = channel;
        this.listener = listener;
    }

    /** Sends a text message. */
    public void send(String message) {
        write(WireFrames.text(message));
    }

    /** Subscribes; {@code since} may be null. */
    public void subscribe(String series, @Nullable Long since, boolean supportsBatch) {
        send("{\"type\":\"subscribe\",\"series_id\":\"" + series + "\",\"since\":" + since + ",\"supports_batch\":"
                + supportsBatch + "}");
    }

    public void unsubscribe(String series) {
        send("{\"type\":\"unsubscribe\",\"series_id\":\"" + series + "\"}");
    }

    /** Leaves everything that comes from now on unread, so that it piles up at the server. */
    public void stopReading() {
        registered().interestOps(0);
    }

    /** Reads again. */
    public void readOn() {
        registered().interestOps(SelectionKey.OP_READ);
        registered().selector().wakeup();
    }

    /** Waits for the end: the server's close, or {@link #CONNECTION_ENDED}. */
    public MarketSocket.Closed awaitClose() {
        return closed.copy().orTimeout(WAIT_MAX_S, TimeUnit.SECONDS).join();
    }

    /** Completes at the end, as {@link #awaitClose} says it, however late. */
    public CompletableFuture<MarketSocket.Closed> whenClosed() {
        return closed.copy();
    }

    public boolean isClosed() {
        return closed.isDone();
    }

    /** Says goodbye as RFC 6455 wants it, and waits for the server's answer. */
    public void leave() {
        write(WireFrames.frame(
                WireFrames.CLOSE,
                ByteBuffer.allocate(Short.BYTES).putShort((short) 1000).flip()));
        awaitClose();
    }

    /** Drops the connection. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void shakeHands(URI address) throws IOException {
        write(WireFrames.handshake(address));
        while (true) {
            if (channel.read(in) < 0) {
                throw new IOException("handshake: connection ended");
            }
            String head = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
            int end = head.indexOf(HEAD_END);
            if (end >= 0) {
                if (!head.startsWith("HTTP/1.1 101 ")) {
                    throw new IOException("handshake: " + head);
                }
                in.flip().position(end + HEAD_END.length());
                in.compact();
                return;
            }
        }
    }

    void readOn(SelectionKey registration) {
        key = registration;
        readOn();
    }

    /** Called by the swarm's thread when there is something to read. */
    void read() {
        try {
            int count = channel.read(in);
            in.flip();
            for (var frame = WireFrames.next(in); frame != null; frame = WireFrames.next(in)) {
                receive(frame);
            }
            in.compact();
            if (!in.hasRemaining()) {
                in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
            }
            if (count < 0) {
                end(CONNECTION_ENDED);
            }
        } catch (IOException gone) {
            end(CONNECTION_ENDED);
        } catch (RuntimeException | Error failure) {
            closed.completeExceptionally(failure);
            close();
        }
    }

    private void receive(WireFrames.Frame frame) {
        switch (frame.opcode()) {
            case WireFrames.TEXT -> listener.accept(frame.text());
            case WireFrames.PING -> write(WireFrames.frame(WireFrames.PONG, frame.payload()));
            case WireFrames.CLOSE -> answerClose(frame.payload());
            default -> throw new IllegalStateException("frame with opcode " + frame.opcode());
        }
    }

    private void answerClose(ByteBuffer payload) {
        ByteBuffer answer = WireFrames.frame(WireFrames.CLOSE, payload.duplicate());
        int code = payload.remaining() < Short.BYTES ? 1005 : Short.toUnsignedInt(payload.getShort());
        closed.complete(new MarketSocket.Closed(
                code, StandardCharsets.UTF_8.decode(payload).toString()));
        try {
            write(answer);
        } catch (UncheckedIOException gone) {
            close(); // the server has not waited for the answer
        }
    }

    private void end(MarketSocket.Closed how) {
        closed.complete(how);
        close();
    }

    private synchronized void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                if (channel.write(bytes) == 0) {
                    throw new IllegalStateException("the server does not read");
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private SelectionKey registered() {
        if (key == null) {
            throw new IllegalStateException("not connected");
        }
        return key;
    }
}

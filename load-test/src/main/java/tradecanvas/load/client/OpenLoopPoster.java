package tradecanvas.load.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Posts candles at fixed times whether or not the server has answered the ones before.
 *
 * <p>All requests are pipelined on one connection, so that they cannot overtake each other. Threads: one at a time; it
 * blocks for as long as the schedule takes.
 */
public final class OpenLoopPoster implements AutoCloseable {
    private static final long POLL_NANOS = 200_000;

    private final URI base;
    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocate(256 * 1024);
    private long sent;
    private long answered;
    private long refused;
    private @Nullable String firstRefusal;

    /** What became of the requests. Units: {@code latenessNanosMax} is how late the client itself was at worst. */
    public record Outcome(
            long refused,
            long unanswered,
            long latenessNanosMax,
            @Nullable String firstRefusal) {}

    public OpenLoopPoster(URI base) throws IOException {
        this.base = base;
        channel = SocketChannel.open(new InetSocketAddress(base.getHost(), base.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
    }

    /** Where the requests go. */
    public URI base() {
        return base;
    }

    /**
     * Sends the whole schedule, then waits for the missing answers at most for a time.
     *
     * <p>Errors: IOException when the server ends the connection. A server that takes no more requests for that time
     * ends the schedule early.
     */
    public Outcome post(Schedule schedule, LongFunction<byte[]> requests, Duration answerLimit) throws IOException {
        long refusedBefore = refused;
        long latenessNanosMax = 0;
        for (int i = 0; i < schedule.count(); i++) {
            byte[] request = requests.apply(schedule.timeOf(i));
            waitUntil(schedule.sendNanosOf(i));
            latenessNanosMax = Math.max(latenessNanosMax, System.nanoTime() - schedule.sendNanosOf(i));
            if (!write(request, answerLimit)) {
                break;
            }
            sent++;
            readAnswers();
        }
        long deadline = System.nanoTime() + answerLimit.toNanos();
        while (answered < sent && System.nanoTime() - deadline < 0) {
            readAnswers();
            LockSupport.parkNanos(POLL_NANOS);
        }
        return new Outcome(refused - refusedBefore, sent - answered, latenessNanosMax, firstRefusal);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private boolean write(byte[] request, Duration limit) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(request);
        long deadline = System.nanoTime() + limit.toNanos();
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
                readAnswers();
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        return true;
    }

    private void readAnswers() throws IOException {
        int count = channel.read(input);
        if (count < 0) {
            throw new IOException("the server closed the connection of the posts after " + answered + " answers");
        }
        if (count == 0) {
            return;
        }
        int used = ResponseScanner.scan(input.array(), 0, input.position(), this::answer);
        input.flip().position(used);
        input.compact();
    }

    private void answer(int status, byte[] data, int bodyOffset, int bodyLength) {
        answered++;
        if (status < 200 || status > 299) {
            refused++;
            if (firstRefusal == null) {
                firstRefusal = status + " " + new String(data, bodyOffset, bodyLength, StandardCharsets.UTF_8);
            }
        }
    }
}

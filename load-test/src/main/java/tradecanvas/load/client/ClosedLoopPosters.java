package tradecanvas.load.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Connections that each post the next request as soon as the last one is answered, all on one event loop.
 *
 * <p>Threads: {@link #post} by the owner; everything else belongs to the event loop, and is read after it has stopped.
 */
public final class ClosedLoopPosters {
    private static final Duration LAST_ANSWER_TIME_MAX = Duration.ofSeconds(30);
    private static final long LATENCY_MICROS_MAX = TimeUnit.MINUTES.toMicros(2);

    private final URI base;
    private final JoinedBytes joined = new JoinedBytes();
    private final Histogram latencyMicros = new Histogram(LATENCY_MICROS_MAX, 3);
    private long lastAnswerNanos;
    private @Nullable String failure;

    /** Acknowledged requests, how long they took in all, and each one's latency in µs. */
    public record Outcome(long answered, Duration elapsed, Histogram latencyMicros) {}

    public ClosedLoopPosters(URI base) {
        this.base = base;
    }

    /**
     * Posts for a time; one connection a source of requests.
     *
     * <p>Errors: IllegalStateException for an answer other than 200, a lost connection, or a missing answer.
     */
    public Outcome post(List<? extends Supplier<byte[]>> sources, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        return postAll(sources.stream().map(source -> until(end, source)).toList(), time.plus(LAST_ANSWER_TIME_MAX));
    }

    /**
     * Posts all there is; one connection a source, which is only used by the event loop, so several may share one.
     *
     * <p>Errors: as of {@link #post}, and when it takes longer than {@code timeMax}.
     */
    public Outcome postAll(List<? extends Iterator<byte[]>> sources, Duration timeMax) throws InterruptedException {
        EventLoopGroup loop = new EpollEventLoopGroup(1);
        CountDownLatch running = new CountDownLatch(sources.size());
        long start = System.nanoTime();
        try {
            for (Iterator<byte[]> source : sources) {
                connect(loop, new Poster(source, running));
            }
            if (!running.await(timeMax.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        running.getCount() + " posters had not ended after " + timeMax.toSeconds() + " s");
            }
        } finally {
            loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).await(10, TimeUnit.SECONDS);
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return new Outcome(
                latencyMicros.getTotalCount(), Duration.ofNanos(lastAnswerNanos - start), latencyMicros.copy());
    }

    private static Iterator<byte[]> until(long endNanos, Supplier<byte[]> source) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return System.nanoTime() - endNanos < 0;
            }

            @Override
            public byte[] next() {
                return source.get();
            }
        };
    }

    private void connect(EventLoopGroup loop, Poster poster) {
        new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(poster)
                .connect(base.getHost(), base.getPort())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        poster.end("connect failed: " + connected.cause().getMessage());
                    }
                });
    }

    /** One connection. Owner: the event loop. */
    private final class Poster extends ChannelInboundHandlerAdapter implements ResponseScanner.Sink {
        private final Iterator<byte[]> source;
        private final CountDownLatch running;
        private @Nullable Channel channel;
        private byte[] rest = JoinedBytes.NOTHING;
        private long sentNanos;
        private boolean ended;

        Poster(Iterator<byte[]> source, CountDownLatch running) {
            this.source = source;
            this.running = running;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            channel = ctx.channel();
            sendNext(ctx.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf received = (ByteBuf) message;
            try {
                byte[] data = joined.join(rest, received);
                rest = joined.restAfter(ResponseScanner.scan(data, 0, joined.length(), this));
            } finally {
                received.release();
            }
        }

        @Override
        public void response(int status, byte[] data, int bodyOffset, int bodyLength) {
            long now = System.nanoTime();
            if (status != 200) {
                end("post answered " + status + " " + new String(data, bodyOffset, bodyLength, StandardCharsets.UTF_8));
                return;
            }
            latencyMicros.recordValue(Math.min(LATENCY_MICROS_MAX, (now - sentNanos) / 1_000));
            lastAnswerNanos = now;
            if (channel != null) {
                sendNext(channel);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            end("the server closed the connection of a poster");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            end("poster failed: " + cause.getMessage());
        }

        private void sendNext(Channel to) {
            if (!source.hasNext()) {
                end(null);
                return;
            }
            byte[] request = source.next();
            sentNanos = System.nanoTime();
            var _ = to.writeAndFlush(Unpooled.wrappedBuffer(request), to.voidPromise());
        }

        private void end(@Nullable String reason) {
            if (ended) {
                return;
            }
            ended = true;
            if (failure == null) {
                failure = reason;
            }
            running.countDown();
            if (channel != null) {
                var _ = channel.close();
            }
        }
    }
}

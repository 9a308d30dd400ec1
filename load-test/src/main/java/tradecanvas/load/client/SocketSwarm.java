package tradecanvas.load.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Many WebSockets to one server on one event loop.
 *
 * <p>Threads: {@link #open} and {@link #close} by the owner; listeners are called on the event loop and nowhere else.
 * After {@code close} their state can be read by the owner.
 */
public final class SocketSwarm implements AutoCloseable {
    /** Sockets from one source address; Linux offers 28,000 ports for each. */
    private static final int SOCKETS_PER_SOURCE_MAX = 20_000;

    private static final int RECEIVE_BYTES = 32 * 1024;
    private static final int HANDSHAKE_SECONDS_MAX = 20;
    private static final Duration CLOSE_TIME_MAX = Duration.ofSeconds(20);

    private final URI uri;
    private final int concurrency;
    private final InetSocketAddress server;
    private final byte[] upgrade;
    private final JoinedBytes joined = new JoinedBytes();
    private final EventLoopGroup loop = new EpollEventLoopGroup(1);
    private final List<SocketHandler> handlers = new ArrayList<>(); // owner: the event loop

    /** {@code concurrency} is how many handshakes may be under way at once. */
    public SocketSwarm(URI uri, int concurrency) {
        if (!"ws".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("not a ws:// address: " + uri);
        }
        this.uri = uri;
        this.concurrency = concurrency;
        this.server = new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
        this.upgrade = ClientFrames.upgrade(uri);
    }

    /**
     * Tries to open sockets and returns when each is open or failed.
     *
     * <p>Errors: IllegalStateException when that takes longer than {@code limit}.
     */
    public void open(int count, IntFunction<? extends SocketListener> listeners, Duration limit)
            throws InterruptedException {
        CountDownLatch settled = new CountDownLatch(count);
        loop.execute(() -> new Opening(count, listeners, settled).fill());
        if (!settled.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(settled.getCount() + " of " + count + " sockets to " + uri
                    + " neither open nor failed after " + limit.toSeconds() + " s");
        }
    }

    /** Runs something on the event loop, between two messages, and waits for it. */
    public void run(Runnable task) {
        loop.submit(task).awaitUninterruptibly(CLOSE_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends every socket silently and stops the event loop. */
    @Override
    public void close() {
        loop.submit(() -> handlers.forEach(SocketHandler::leave))
                .awaitUninterruptibly(CLOSE_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
        loop.shutdownGracefully(0, CLOSE_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    private InetSocketAddress source(int index) {
        return new InetSocketAddress("127.0.0." + (1 + index / SOCKETS_PER_SOURCE_MAX), 0);
    }

    /** The handshakes of one call of {@link #open}. Owner: the event loop. */
    private final class Opening {
        private final int count;
        private final IntFunction<? extends SocketListener> listeners;
        private final CountDownLatch settled;
        private int started;
        private int underWay;

        Opening(int count, IntFunction<? extends SocketListener> listeners, CountDownLatch settled) {
            this.count = count;
            this.listeners = listeners;
            this.settled = settled;
        }

        void fill() {
            while (underWay < concurrency && started < count) {
                underWay++;
                int index = started++;
                connect(index, listeners.apply(index));
            }
        }

        private void connect(int index, SocketListener listener) {
            SocketHandler handler =
                    new SocketHandler(listener, joined, upgrade, () -> loop.execute(this::settleOne), delayNanos -> {
                        var _ = loop.schedule(() -> connect(index, listener), delayNanos, TimeUnit.NANOSECONDS);
                    });
            handlers.add(handler);
            Bootstrap bootstrap = bootstrap(handler);
            ChannelFuture connected = count > SOCKETS_PER_SOURCE_MAX
                    ? bootstrap.connect(server, source(index))
                    : bootstrap.connect(server);
            connected.addListener(_ -> {
                if (!connected.isSuccess()) {
                    handler.fail("connect failed: " + connected.cause().getMessage());
                    return;
                }
                var _ = loop.schedule(handler::handshakeDue, HANDSHAKE_SECONDS_MAX, TimeUnit.SECONDS);
            });
        }

        private void settleOne() {
            underWay--;
            settled.countDown();
            fill();
        }
    }

    private Bootstrap bootstrap(SocketHandler handler) {
        return new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
                .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handler);
                    }
                });
    }
}

package tradecanvas.gateway.socket;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * All open sockets, by event loop: keep-alive and shutdown reach them here.
 *
 * <p>Threads: the set of a loop belongs to that loop; {@link #closeAll} is called by any other thread.
 */
public final class OpenSockets {
    private static final int TICK_MS = 1000;
    /** Beyond the time that one socket has to answer its close. */
    private static final int CLOSE_ALL_EXTRA_MS = 1000;

    private final SocketMetrics metrics;
    private final ConcurrentHashMap<EventLoop, Set<MarketSocket>> byLoop = new ConcurrentHashMap<>();
    private volatile boolean closing;

    public OpenSockets(SocketMetrics metrics) {
        this.metrics = metrics;
    }

    boolean isClosing() {
        return closing;
    }

    void add(Channel channel, MarketSocket socket) {
        Set<MarketSocket> sockets = byLoop.computeIfAbsent(channel.eventLoop(), OpenSockets::startTicking);
        sockets.add(socket);
        metrics.opened();
        var _ = channel.closeFuture().addListener(_ -> {
            sockets.remove(socket);
            metrics.gone();
        });
        if (closing) {
            socket.close(CloseReason.SERVER_SHUTDOWN);
        }
    }

    /**
     * Closes every socket with 1001 and waits until they are gone, or their time is up.
     *
     * @param drainMs over which the closes are spread, so that the clients do not all come back in the same moment
     * @param closeTimeoutMs that one socket has to answer its close
     */
    public void closeAll(int drainMs, int closeTimeoutMs) throws InterruptedException {
        closing = true;
        long deadline =
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos((long) drainMs + closeTimeoutMs + CLOSE_ALL_EXTRA_MS);
        CountDownLatch told = new CountDownLatch(byLoop.size());
        byLoop.forEach((loop, sockets) -> loop.execute(() -> {
            spreadCloses(loop, List.copyOf(sockets), drainMs);
            told.countDown();
        }));
        boolean allTold = told.await(closeTimeoutMs, TimeUnit.MILLISECONDS);
        while (allTold && metrics.sockets() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void spreadCloses(EventLoop loop, List<MarketSocket> sockets, int drainMs) {
        for (int i = 0; i < sockets.size(); i++) {
            MarketSocket socket = sockets.get(i);
            long delayMs = (long) drainMs * i / sockets.size();
            if (delayMs == 0) {
                socket.close(CloseReason.SERVER_SHUTDOWN);
            } else {
                var _ = loop.schedule(() -> socket.close(CloseReason.SERVER_SHUTDOWN), delayMs, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static Set<MarketSocket> startTicking(EventLoop loop) {
        Set<MarketSocket> sockets = new HashSet<>();
        var ticking = loop.scheduleAtFixedRate(
                () -> {
                    long now = System.nanoTime();
                    List.copyOf(sockets).forEach(socket -> socket.tick(now));
                },
                TICK_MS,
                TICK_MS,
                TimeUnit.MILLISECONDS);
        var _ = loop.terminationFuture().addListener(_ -> ticking.cancel(false));
        return sockets;
    }
}

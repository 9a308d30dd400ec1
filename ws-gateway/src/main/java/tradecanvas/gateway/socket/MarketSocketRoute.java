package tradecanvas.gateway.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.gateway.subscription.FanOut;
import tradecanvas.gateway.subscription.LoopSubscriptions;

/**
 * {@code /ws/market}: Vert.x does the handshake, then {@link MarketSocket} takes the channel over.
 *
 * <p>Threads: event loops.
 */
public final class MarketSocketRoute {
    public static final String PATH = "/ws/market";

    private static final Logger LOG = LoggerFactory.getLogger(MarketSocketRoute.class);
    private static final String VERTX_HANDLER = "handler";
    private static final String VERTX_IDLE_HANDLER = "idle";
    /** Bytes the kernel may hold unsent per socket; what is more waits here, where it is seen and conflated. */
    private static final long KERNEL_UNSENT_BYTES_MAX = 128 * 1024;

    /** When the reserve of handshakes is full again. */
    private static final String RETRY_AFTER_S = "1";

    private final FanOut fanOut;
    private final GatewayConfig config;
    private final SocketMetrics metrics;
    private final OpenSockets open;
    private final ConcurrentHashMap<String, Integer> perAddress = new ConcurrentHashMap<>();
    private final TokenBucket connects;

    public MarketSocketRoute(FanOut fanOut, GatewayConfig config, SocketMetrics metrics, OpenSockets open) {
        this.fanOut = fanOut;
        this.config = config;
        this.metrics = metrics;
        this.open = open;
        this.connects = new TokenBucket(config.connectsPerSecondMax(), System.nanoTime());
    }

    /** Upgrades the request; one that asks for no upgrade is left to other routes. */
    public void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            routing.next();
            return;
        }
        if (open.isClosing()) {
            refuse(routing, 503, "server_shutting_down");
            return;
        }
        if (!mayConnect()) {
            metrics.handshakeRefused();
            routing.response().putHeader("Retry-After", RETRY_AFTER_S);
            refuse(routing, 503, "connects_per_second_max");
            return;
        }
        String address = request.remoteAddress().hostAddress();
        if (!admit(address)) {
            metrics.handshakeRefused();
            refuse(routing, 429, "sockets_per_address_max");
            return;
        }
        Channel channel = ((ConnectionBase) request.connection()).channel();
        request.toWebSocket().onSuccess(_ -> takeOver(channel, address)).onFailure(failure -> {
            release(address);
            LOG.debug("handshake failed address={}", address, failure);
        });
    }

    private void takeOver(Channel channel, String address) {
        ChannelHandlerContext vertx = channel.pipeline().context(VERTX_HANDLER);
        if (vertx == null) {
            throw new IllegalStateException(
                    "no Vert.x handler in " + channel.pipeline().names());
        }
        if (channel instanceof EpollSocketChannel) {
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, KERNEL_UNSENT_BYTES_MAX);
            // drops clients that stopped reading or vanished while something waits for them
            channel.config()
                    .setOption(EpollChannelOption.TCP_USER_TIMEOUT, config.pingIntervalMs() + config.pingTimeoutMs());
        }
        if (channel.pipeline().get(VERTX_IDLE_HANDLER) != null) {
            channel.pipeline()
                    .remove(VERTX_IDLE_HANDLER); // would add a listener to each write; sockets are pinged instead
        }
        EventLoop loop = channel.eventLoop();
        LoopSubscriptions subscriptions = fanOut.of(loop, task -> {
            var _ = loop.schedule(task, 0, TimeUnit.NANOSECONDS);
        });
        MarketSocket socket = new MarketSocket(vertx, subscriptions, config, metrics, () -> release(address));
        channel.pipeline().addBefore(VERTX_HANDLER, "market-socket", socket);
        open.add(channel, socket);
    }

    private boolean mayConnect() {
        synchronized (connects) {
            return connects.trySpend(System.nanoTime());
        }
    }

    private boolean admit(String address) {
        if (perAddress.merge(address, 1, Integer::sum) <= config.socketsPerAddressMax()) {
            return true;
        }
        release(address);
        return false;
    }

    private void release(String address) {
        perAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }

    private static void refuse(RoutingContext routing, int status, String detail) {
        routing.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end("{\"detail\":\"" + detail + "\"}");
    }
}

package tradecanvas.ingest.feed;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.ingest.demand.DemandLeases;
import tradecanvas.ingest.internal.InternalAnswers;
import tradecanvas.ingest.internal.InternalRoute;
import tradecanvas.ingest.internal.InternalRoutes;
import tradecanvas.ingest.publish.BusPublisher;
import tradecanvas.ingest.publish.BusSink;
import tradecanvas.runtime.http.QueryReader;
import tradecanvas.store.remote.InternalApi;

/**
 * {@code /internal/feed}: heartbeats to every gateway that is connected, events to those that ask for them, demand from them.
 *
 * <p>Threads: what is published may come from any; messages of a gateway are handled on its loop.
 */
public final class InternalFeed implements InternalRoutes, BusSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InternalFeed.class);
    private static final Pattern GATEWAY = Pattern.compile("[\\w.:-]{1,128}");
    private static final short GOING_AWAY = 1001;
    private static final short REFUSED = 1008;
    private static final short SILENT = 1011;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(1);
    private static final long CLOSE_LOOK_NANOS = 2_000_000;

    private final Vertx vertx;
    private final BusPublisher publisher;
    private final DemandLeases demand;
    private final FeedLimits limits;
    private final LongSupplier nanoTime;
    private final List<FeedGateway> gateways = new CopyOnWriteArrayList<>();
    private final LongAdder sent = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder slowCloses = new LongAdder();
    private volatile boolean closing;

    /** @param nanoTime a monotonic clock */
    public InternalFeed(
            Vertx vertx, BusPublisher publisher, DemandLeases demand, FeedLimits limits, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.publisher = publisher;
        this.demand = demand;
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    @Override
    public List<InternalRoute> routes() {
        return List.of(InternalRoute.socket(InternalApi.FEED, this::upgrade));
    }

    @Override
    public boolean wantsEvents() {
        return gateways.stream().anyMatch(FeedGateway::wantsEvents);
    }

    @Override
    public void event(byte[] text) {
        String frame = ascii(text);
        for (FeedGateway gateway : gateways) {
            if (gateway.wantsEvents()) {
                (offer(gateway, frame) ? sent : dropped).increment();
            }
        }
    }

    @Override
    public void heartbeat(byte[] text) {
        String frame = ascii(text);
        for (FeedGateway gateway : gateways) {
            var _ = offer(gateway, frame);
        }
    }

    /** Gateways that are connected. */
    public int gateways() {
        return gateways.size();
    }

    /** Gateways that did not take events as fast as they came. */
    public long slowCloses() {
        return slowCloses.sum();
    }

    public void bind(MeterRegistry meters) {
        FunctionCounter.builder("tradecanvas.bus.events", sent, LongAdder::sum)
                .description("messages that went out; at Redis heartbeats are among them")
                .tag("sink", "feed")
                .tag("outcome", "sent")
                .register(meters);
        FunctionCounter.builder("tradecanvas.bus.events", dropped, LongAdder::sum)
                .description("messages that went out; at Redis heartbeats are among them")
                .tag("sink", "feed")
                .tag("outcome", "dropped")
                .register(meters);
        Gauge.builder("tradecanvas.feed.gateways", gateways, List::size)
                .description("gateways that are connected to the internal feed")
                .register(meters);
        FunctionCounter.builder("tradecanvas.feed.slow.closes", slowCloses, LongAdder::sum)
                .description("gateways that were closed because too much waited for them")
                .register(meters);
    }

    /** Takes no more gateways, closes those that are there and waits a moment for that. Not to be called on an event loop. */
    @Override
    public void close() {
        closing = true;
        gateways.forEach(gateway -> gateway.end(GOING_AWAY, InternalApi.SHUTTING_DOWN));
        long until = System.nanoTime() + CLOSE_MAX.toNanos();
        while (!gateways.isEmpty() && System.nanoTime() < until) {
            LockSupport.parkNanos(CLOSE_LOOK_NANOS);
        }
    }

    private void upgrade(RoutingContext request) {
        QueryReader query = QueryReader.of(request.request().query());
        String gateway = query.requiredString("gateway", 1);
        query.verify();
        if (!GATEWAY.matcher(gateway).matches()) {
            InternalAnswers.refuse(request, 400, "gateway is no name: " + GATEWAY.pattern());
        } else if (!request.request().headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true)) {
            request.response().putHeader(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET);
            InternalAnswers.refuse(request, 426, "Upgrade Required");
        } else if (closing) {
            InternalAnswers.refuse(request, 503, InternalApi.SHUTTING_DOWN);
        } else {
            Channel channel = ((ConnectionBase) request.request().connection()).channel();
            request.request()
                    .toWebSocket()
                    .onSuccess(socket -> join(gateway, socket, channel))
                    .onFailure(failure -> LOG.debug("feed not opened gateway={}", gateway, failure));
        }
    }

    private void join(String name, ServerWebSocket socket, Channel channel) {
        Context loop = vertx.getOrCreateContext();
        FeedGateway gateway =
                new FeedGateway(name, socket, loop, channel, limits.waitingBytesMax(), nanoTime.getAsLong());
        long pings = vertx.setPeriodic(limits.pingEvery().toMillis(), _ -> ping(gateway));
        socket.pongHandler(_ -> gateway.heard(nanoTime.getAsLong()));
        socket.textMessageHandler(text -> receive(gateway, text));
        socket.binaryMessageHandler(_ -> refuse(gateway, "binary message"));
        socket.exceptionHandler(failure -> LOG.debug("feed failed gateway={}", name, failure));
        socket.closeHandler(_ -> {
            vertx.cancelTimer(pings);
            gateways.remove(gateway);
            LOG.info("feed closed gateway={} code={} reason={}", name, socket.closeStatusCode(), socket.closeReason());
        });
        LOG.info("feed opened gateway={}", name);
        publisher.join(heartbeat -> {
            gateways.add(gateway);
            var _ = offer(gateway, ascii(heartbeat));
        });
        if (closing) {
            gateway.end(GOING_AWAY, InternalApi.SHUTTING_DOWN);
        }
    }

    private void receive(FeedGateway gateway, String text) {
        if (gateway.isEnded()) {
            return;
        }
        try {
            switch (GatewayMessageCodec.read(text)) {
                case GatewayMessage.Events(boolean on) -> wantEvents(gateway, on);
                case GatewayMessage.Demand(long ttlMs, var series) -> demand.lease(gateway.name(), ttlMs, series);
            }
        } catch (InvalidGatewayMessageException invalid) {
            refuse(gateway, String.valueOf(invalid.getMessage()));
        }
    }

    private void wantEvents(FeedGateway gateway, boolean on) {
        if (!on) {
            gateway.wantEvents(false);
        } else if (!gateway.wantsEvents()) {
            publisher.join(heartbeat -> {
                var _ = offer(gateway, ascii(heartbeat));
                gateway.wantEvents(true);
            });
        }
    }

    private boolean offer(FeedGateway gateway, String frame) {
        boolean taken = gateway.offer(frame);
        if (!taken && gateway.endSlow()) {
            slowCloses.increment();
            LOG.warn("feed slow gateway={} waiting_bytes={}", gateway.name(), gateway.waitingBytes());
        }
        return taken;
    }

    private void ping(FeedGateway gateway) {
        if (gateway.ping(nanoTime.getAsLong()) > limits.pongMax().toNanos() && gateway.end(SILENT, "no_pong")) {
            LOG.warn("feed silent gateway={}", gateway.name());
        }
    }

    private static void refuse(FeedGateway gateway, String reason) {
        if (gateway.end(REFUSED, reason)) {
            LOG.warn("feed refused gateway={} reason={}", gateway.name(), reason);
        }
    }

    private static String ascii(byte[] text) {
        return new String(text, StandardCharsets.US_ASCII);
    }
}

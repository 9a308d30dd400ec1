package tradecanvas.gateway.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.gateway.fanout.FanOutMetrics;
import tradecanvas.gateway.socket.DeliveryConfig;
import tradecanvas.gateway.socket.GatewayConfig;
import tradecanvas.gateway.socket.MarketSocketRoute;
import tradecanvas.gateway.socket.OpenSockets;
import tradecanvas.gateway.socket.SocketMetrics;
import tradecanvas.gateway.subscription.FanOut;
import tradecanvas.gateway.subscription.HistorySettings;
import tradecanvas.gateway.subscription.SubscriptionSettings;
import tradecanvas.model.bus.CandleFeed;
import tradecanvas.model.bus.FeedSource;
import tradecanvas.runtime.metrics.RuntimeMetrics;
import tradecanvas.store.api.CandleReader;

/** Puts the gateway together, opens its route and closes its sockets. */
@Singleton
final class GatewayWiring implements HttpServerOptionsCustomizer {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayWiring.class);
    private static final int SHUTDOWN_ORDER_FIRST = 1;
    private static final long HEADS_PERIOD_MS = 1_000;

    private final GatewayConfig config;
    private final OpenSockets open;
    private final MarketSocketRoute route;
    private final FanOut fanOut;
    private final FanOutMetrics frames;
    private final SocketMetrics sockets;

    GatewayWiring(
            GatewayConfig config,
            DeliveryConfig delivery,
            RuntimeMetrics runtimeMetrics,
            CandleReader reader,
            CandleFeed feed) {
        this.config = config;
        this.frames = new FanOutMetrics();
        this.sockets = new SocketMetrics(runtimeMetrics, frames);
        this.open = new OpenSockets(sockets);
        this.fanOut = new FanOut(
                reader,
                new HistorySettings(
                        delivery.marketWsCatchupLimit(),
                        delivery.marketGapBackfillReadLimit(),
                        Duration.ofMillis(config.historyTimeoutMs()),
                        config.historyReadsMax(),
                        Duration.ofMillis(config.historySharedMs()),
                        config.historySharedBytesMax()),
                new SubscriptionSettings(config.heldMessagesMax(), config.feedMessagesMax(), config.watermarkGraceS()));
        this.route = new MarketSocketRoute(fanOut, config, sockets, open);
        feed.listen(fanOut);
    }

    /** Compression would copy each message for each socket; it is not offered. */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(config.messageBytesMax())
                .setMaxWebSocketMessageSize(config.messageBytesMax());
    }

    void openRoute(@Observes Router router) {
        router.route(MarketSocketRoute.PATH).handler(route::handle);
    }

    void watchHeads(@Observes StartupEvent event, Vertx vertx, InstantSource clock) {
        vertx.setPeriodic(
                HEADS_PERIOD_MS, _ -> fanOut.checkHeads(clock.instant().getEpochSecond()));
    }

    void closeSockets(@Observes @Priority(SHUTDOWN_ORDER_FIRST) ShutdownDelayInitiatedEvent shutdown) {
        try {
            open.closeAll(config.drainMs(), config.closeTimeoutMs());
        } catch (InterruptedException interrupted) {
            LOG.warn("sockets not all closed, shutdown was interrupted");
            Thread.currentThread().interrupt();
        }
    }

    void bind(@Observes StartupEvent event, MeterRegistry meters, CandleFeed feed) {
        for (FeedSource source : FeedSource.values()) {
            Gauge.builder(
                            "tradecanvas.gateway.feed.source",
                            feed,
                            f -> f.state().source() == source ? 1 : 0)
                    .tag("source", source.text())
                    .register(meters);
        }
        Gauge.builder("tradecanvas.gateway.sockets", sockets, SocketMetrics::sockets)
                .register(meters);
        Gauge.builder("tradecanvas.gateway.subscriptions", sockets, SocketMetrics::subscriptions)
                .register(meters);
        Gauge.builder("tradecanvas.gateway.series", fanOut, FanOut::watchedSeries)
                .register(meters);
        count(meters, "tradecanvas.gateway.feed.messages", fanOut, FanOut::messages);
        count(meters, "tradecanvas.gateway.feed.overflows", fanOut, FanOut::feedOverflows);
        count(meters, "tradecanvas.gateway.feed.interruptions", fanOut, FanOut::interruptions);
        count(meters, "tradecanvas.gateway.heads.compared", fanOut, FanOut::headChecks);
        count(meters, "tradecanvas.gateway.heads.behind", fanOut, FanOut::headLosses);
        count(meters, "tradecanvas.gateway.gaps.healed", fanOut, FanOut::gapsHealed);
        count(meters, "tradecanvas.gateway.gaps.open", fanOut, FanOut::gapsOpen);
        count(meters, "tradecanvas.gateway.history.asked", fanOut, FanOut::readsAsked);
        count(meters, "tradecanvas.gateway.history.reads", fanOut, FanOut::readsMade);
        count(meters, "tradecanvas.fanout.frames.sent", frames, FanOutMetrics::sent);
        count(meters, "tradecanvas.fanout.frames.conflated", frames, FanOutMetrics::conflated);
        count(meters, "tradecanvas.fanout.slow.closes", frames, FanOutMetrics::slowCloses);
        FunctionCounter.builder("tradecanvas.fanout.sent", frames, FanOutMetrics::sentBytes)
                .baseUnit("bytes")
                .register(meters);
        count(meters, "tradecanvas.gateway.throttled", sockets, SocketMetrics::throttled);
        count(meters, "tradecanvas.gateway.handshakes.refused", sockets, SocketMetrics::refusedHandshakes);
        sockets.closes()
                .forEach((reason, closes) -> FunctionCounter.builder(
                                "tradecanvas.gateway.closes", closes, LongAdder::sum)
                        .tag("reason", reason)
                        .register(meters));
    }

    private static <T> void count(MeterRegistry meters, String name, T source, ToDoubleFunction<T> figure) {
        FunctionCounter.builder(name, source, figure).register(meters);
    }
}

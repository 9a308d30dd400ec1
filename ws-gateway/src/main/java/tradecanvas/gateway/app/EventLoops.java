package tradecanvas.gateway.app;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.inject.Singleton;

/**
 * As many event loops as processors.
 *
 * <p>Quarkus takes twice as many, which suits loops that are idle now and then. Fan-out keeps a loop busy, and two busy ones
 * on a processor take turns at the price of its caches: measured at 1,000 sockets on one processor, 6.6 instead of 8.2
 * microseconds a message.
 */
@Singleton
final class EventLoops implements VertxOptionsCustomizer {
    @Override
    public void accept(VertxOptions options) {
        options.setEventLoopPoolSize(Runtime.getRuntime().availableProcessors());
    }
}

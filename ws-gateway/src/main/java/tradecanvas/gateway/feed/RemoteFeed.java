package tradecanvas.gateway.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.bus.BusSource;
import tradecanvas.model.bus.CandleFeed;
import tradecanvas.model.bus.FeedListener;
import tradecanvas.model.bus.FeedSource;
import tradecanvas.model.bus.FeedState;
import tradecanvas.runtime.bus.RedisLink;

/**
 * The feed of a gateway in a process of its own: Redis and the worker's internal feed under one supervisor. Owner of all its
 * state: one event loop.
 */
public final class RemoteFeed implements CandleFeed, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteFeed.class);
    private static final long TICK_MS = 250;

    private final Vertx vertx;
    private final Context loop;
    private final URI workerUrl;
    private final @Nullable String redisUrl;
    private final FeedCounters counters = new FeedCounters();
    private final BusSource self = new BusSource(UUID.randomUUID().toString().replace("-", ""));
    private final DemandReport demand = new DemandReport();
    private volatile @Nullable FeedSupervisor supervisor;
    private @Nullable RedisLine redis;
    private @Nullable WorkerLine worker;
    private long ticking;

    /**
     * @param workerUrl {@code http://host:port} of the worker's internal listener
     * @param redisUrl where events come from; empty: from the worker only
     * @throws IllegalArgumentException with what is wrong with the URL
     */
    public RemoteFeed(Vertx vertx, URI workerUrl, Optional<String> redisUrl) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.workerUrl = workerUrl;
        redisUrl.ifPresent(
                url -> RedisLink.requireAddress(vertx, url)); // here, where it fails the start, and not on the loop
        this.redisUrl = redisUrl.orElse(null);
    }

    /** Opens the feed; to be called once. */
    @Override
    public void listen(FeedListener listener) {
        loop.runOnContext(_ -> open(listener));
    }

    @Override
    public FeedState state() {
        FeedSupervisor opened = supervisor;
        return opened == null ? new FeedState(FeedSource.NONE, false, Map.of()) : opened.state();
    }

    public void bind(MeterRegistry meters) {
        counters.bind(meters);
    }

    @Override
    public void close() {
        loop.runOnContext(_ -> {
            vertx.cancelTimer(ticking);
            if (redis != null) {
                redis.close();
            }
            if (worker != null) {
                worker.close();
            }
        });
    }

    private void open(FeedListener listener) {
        FeedSupervisor supervising = new FeedSupervisor(
                self,
                redisUrl != null,
                new Lines(),
                listener,
                FeedSupervisor.Pace.STANDARD,
                System::nanoTime,
                counters);
        supervisor = supervising;
        WorkerLine toWorker = new WorkerLine(
                vertx,
                loop,
                workerUrl,
                self.text(),
                () -> ThreadLocalRandom.current().nextDouble(),
                new FromWorker(supervising));
        worker = toWorker;
        toWorker.open();
        if (redisUrl != null) {
            RedisLine toRedis = new RedisLine(
                    vertx,
                    loop,
                    redisUrl,
                    self,
                    () -> ThreadLocalRandom.current().nextDouble(),
                    new FromRedis(supervising));
            redis = toRedis;
            toRedis.open();
        }
        ticking = vertx.setPeriodic(
                TICK_MS,
                _ -> loop.runOnContext(_ -> {
                    supervising.tick();
                    reportDemand(listener, toWorker);
                }));
        LOG.info("feed opened gateway={} worker={} redis={}", self, workerUrl, redisUrl != null);
    }

    private void reportDemand(FeedListener listener, WorkerLine toWorker) {
        if (toWorker.isOpen()) {
            demand.messages(listener.watchers(), System.nanoTime()).forEach(toWorker::send);
        }
    }

    private final class Lines implements FeedSupervisor.Lines {
        @Override
        public void probeRedis() {
            if (redis != null) {
                redis.probe();
            }
        }

        @Override
        public void reopenRedis(String why) {
            if (redis != null) {
                redis.reopen(why);
            }
        }

        @Override
        public void reopenWorker(String why) {
            if (worker != null) {
                worker.reopen(why);
            }
        }

        @Override
        public void wantWorkerEvents(boolean wanted) {
            if (worker != null) {
                worker.wantEvents(wanted);
            }
        }
    }

    private final class FromWorker implements WorkerLine.Listener {
        private final FeedSupervisor supervising;

        FromWorker(FeedSupervisor supervising) {
            this.supervising = supervising;
        }

        @Override
        public void opened() {
            demand.restart();
            supervising.workerOpened();
        }

        @Override
        public void received(byte[] text) {
            supervising.workerReceived(text);
        }

        @Override
        public void lost() {
            supervising.workerLost();
        }
    }

    private static final class FromRedis implements RedisLink.Listener {
        private final FeedSupervisor supervising;

        FromRedis(FeedSupervisor supervising) {
            this.supervising = supervising;
        }

        @Override
        public void opened() {
            supervising.redisOpened();
        }

        @Override
        public void received(String channel, byte[] text) {
            supervising.redisReceived(text);
        }

        @Override
        public void lost(Throwable cause) {
            supervising.redisLost();
        }
    }
}

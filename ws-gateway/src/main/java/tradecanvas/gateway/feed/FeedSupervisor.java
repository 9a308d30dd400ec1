package tradecanvas.gateway.feed;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.bus.BusMessage;
import tradecanvas.model.bus.BusSource;
import tradecanvas.model.bus.FeedListener;
import tradecanvas.model.bus.FeedSource;
import tradecanvas.model.bus.FeedState;

/**
 * Decides which line the feed uses, and notices what was lost on it.
 *
 * <p>A line is used while the worker's heartbeats come over it: Redis where it is wanted, else the worker's own. Each
 * heartbeat tells how many events went before it, so a lost one is noticed within a second. Whenever events may have been
 * lost, the listener is told to heal: at a change of the line, of the worker, and where the count does not agree. Events are
 * delivered whichever line they come over; what comes twice is dropped behind the listener, by time.
 *
 * <p>Owner: the feed's event loop; only {@link #state} is called from other threads.
 */
final class FeedSupervisor {
    private static final Logger LOG = LoggerFactory.getLogger(FeedSupervisor.class);

    /** What the supervisor does to the lines. */
    interface Lines {
        /** Sends a probe through the channel of the events. */
        void probeRedis();

        void reopenRedis(String why);

        void reopenWorker(String why);

        /** Says whether the worker shall send events over its own line, now and whenever it is connected again. */
        void wantWorkerEvents(boolean wanted);
    }

    /**
     * @param silenceMax that a line may be silent, three heartbeats
     * @param probeMax that a probe may take
     * @param graceMax that the process counts as ready without a feed
     */
    record Pace(Duration silenceMax, Duration probeMax, Duration graceMax) {
        static final Pace STANDARD = new Pace(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    private static final int PROBES_UNANSWERED_MAX = 2;

    private final BusSource self;
    private final boolean redisWanted;
    private final Lines lines;
    private final FeedListener listener;
    private final Pace pace;
    private final LongSupplier nanoTime;
    private final FeedCounters counters;
    private final Fence fence = new Fence();
    private final FeedLine redis;
    private final FeedLine worker;
    private FeedSource source = FeedSource.NONE;
    private long sourceSince;
    private boolean everLive;
    private boolean healWithHeartbeat;
    private int probesUnanswered;
    private long probedAt;
    private volatile FeedState state = new FeedState(FeedSource.NONE, false, Map.of());

    /** @param self the name under which this process probes */
    FeedSupervisor(
            BusSource self,
            boolean redisWanted,
            Lines lines,
            FeedListener listener,
            Pace pace,
            LongSupplier nanoTime,
            FeedCounters counters) {
        this.self = self;
        this.redisWanted = redisWanted;
        this.lines = lines;
        this.listener = listener;
        this.pace = pace;
        this.nanoTime = nanoTime;
        this.counters = counters;
        this.redis = new FeedLine(pace.silenceMax().toNanos());
        this.worker = new FeedLine(pace.silenceMax().toNanos());
        this.sourceSince = nanoTime.getAsLong();
    }

    void redisOpened() {
        redis.opened(nanoTime.getAsLong());
        probesUnanswered = 0;
        probe();
    }

    void redisLost() {
        redis.lost();
        choose();
    }

    void redisReceived(byte[] text) {
        BusMessage message = read(text);
        if (message == null) {
            return;
        }
        switch (message) {
            case BusMessage.Probe probe -> {
                if (probe.source().equals(self)) {
                    redis.proven();
                    probesUnanswered = 0;
                }
            }
            case BusMessage.Heartbeat heartbeat -> heartbeat(redis, heartbeat, fence.heartbeat(heartbeat.source()));
            case BusMessage.Event event -> event(redis, event);
        }
        choose();
    }

    void workerOpened() {
        worker.opened(nanoTime.getAsLong());
        worker.proven();
        healWithHeartbeat = source == FeedSource.WORKER;
    }

    void workerLost() {
        worker.lost();
        choose();
    }

    void workerReceived(byte[] text) {
        BusMessage message = read(text);
        if (message == null) {
            return;
        }
        switch (message) {
            case BusMessage.Probe _ -> {}
            case BusMessage.Heartbeat heartbeat -> workerHeartbeat(heartbeat);
            case BusMessage.Event event -> event(worker, event);
        }
        choose();
    }

    /** Looks at what has not happened. To be called a few times a second. */
    void tick() {
        long now = nanoTime.getAsLong();
        if (redis.isConnected() && (!redis.isProven() || redis.isSilent(now))) {
            checkSubscription(now);
        }
        if (worker.isConnected() && worker.isSilent(now)) {
            worker.lost();
            lines.reopenWorker("silent");
        }
        choose();
        show(now);
    }

    FeedState state() {
        return state;
    }

    private @Nullable BusMessage read(byte[] text) {
        try {
            return BusMessageReader.read(text);
        } catch (InvalidBusMessageException invalid) {
            counters.invalid.increment();
            LOG.debug("bus message skipped", invalid);
            return null;
        }
    }

    private void workerHeartbeat(BusMessage.Heartbeat heartbeat) {
        Fence.Verdict verdict = fence.heartbeatOfOwnWorker(heartbeat.source());
        if (verdict == Fence.Verdict.FENCED && isDeaf()) {
            LOG.warn("worker of an older epoch heard worker={} newest={}", heartbeat.source(), fence.worker());
            fence.adopt(heartbeat.source());
            verdict = Fence.Verdict.NEW_WORKER;
        }
        heartbeat(worker, heartbeat, verdict);
        if (healWithHeartbeat && worker.isLive(nanoTime.getAsLong())) {
            healWithHeartbeat = false;
            listener.interrupted();
        }
    }

    /** Whether nobody has been heard for so long that the newest worker must be gone for good. */
    private boolean isDeaf() {
        return source == FeedSource.NONE
                && nanoTime.getAsLong() - sourceSince > pace.graceMax().toNanos();
    }

    private void heartbeat(FeedLine line, BusMessage.Heartbeat heartbeat, Fence.Verdict verdict) {
        switch (verdict) {
            case OTHER -> {}
            case FENCED -> counters.fenced.increment();
            case NEW_WORKER -> {
                newWorker();
                line.heartbeat(nanoTime.getAsLong(), heartbeat.position());
            }
            case WORKER -> {
                if (!line.heartbeat(nanoTime.getAsLong(), heartbeat.position()) && isUsed(line)) {
                    counters.incomplete.increment();
                    LOG.info("feed incomplete source={} position={}", source.text(), heartbeat.position());
                    listener.interrupted();
                }
            }
        }
    }

    private void event(FeedLine line, BusMessage.Event event) {
        switch (fence.event(event.source())) {
            case FENCED -> {
                counters.fenced.increment();
                return;
            }
            case OTHER -> {}
            case WORKER -> line.countEvent();
            case NEW_WORKER -> {
                newWorker();
                line.countEvent();
            }
        }
        counters.events.increment();
        listener.publish(event.event());
    }

    /** The former worker may have stored what it did not publish any more. */
    private void newWorker() {
        LOG.info("worker={}", fence.worker());
        counters.newWorkers.increment();
        redis.countFromStart();
        worker.countFromStart();
        listener.interrupted();
    }

    private boolean isUsed(FeedLine line) {
        return switch (source) {
            case REDIS -> line == redis;
            case WORKER -> line == worker;
            case LOCAL, NONE -> false;
        };
    }

    private void choose() {
        long now = nanoTime.getAsLong();
        FeedSource best = bestSource(now);
        if (best == source) {
            return;
        }
        LOG.info(
                "feed source={} before={} redis={} worker={}",
                best.text(),
                source.text(),
                redisState(now),
                worker.state(now));
        source = best;
        sourceSince = now;
        counters.switches.increment();
        lines.wantWorkerEvents(best == FeedSource.WORKER);
        switch (best) {
            case REDIS -> listener.interrupted();
            case WORKER -> {
                worker.restartCount();
                healWithHeartbeat = true; // which the worker sends as soon as its events flow
            }
            case LOCAL, NONE -> {}
        }
        everLive |= best != FeedSource.NONE;
        show(now);
    }

    private FeedSource bestSource(long now) {
        if (redisWanted && redis.isLive(now)) {
            return FeedSource.REDIS;
        }
        return worker.isLive(now) ? FeedSource.WORKER : FeedSource.NONE;
    }

    private void checkSubscription(long now) {
        long wait = probesUnanswered > 0
                ? pace.probeMax().toNanos()
                : pace.silenceMax().toNanos();
        if (now - probedAt <= wait) {
            return;
        }
        if (probesUnanswered >= PROBES_UNANSWERED_MAX) {
            redis.lost();
            lines.reopenRedis("probes=" + probesUnanswered + " unanswered");
        } else {
            probe();
        }
    }

    private void probe() {
        probesUnanswered++;
        probedAt = nanoTime.getAsLong();
        lines.probeRedis();
    }

    private void show(long now) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("redis", redisState(now));
        details.put("worker", worker.state(now));
        BusSource known = fence.worker();
        details.put("epoch", known != null && known.hasEpoch() ? Long.toString(known.epoch()) : "");
        details.put("since_ms", Long.toString((now - sourceSince) / 1_000_000));
        boolean ready = source != FeedSource.NONE
                || (everLive && now - sourceSince <= pace.graceMax().toNanos());
        state = new FeedState(source, ready, details);
    }

    private String redisState(long now) {
        return redisWanted ? redis.state(now) : "off";
    }
}

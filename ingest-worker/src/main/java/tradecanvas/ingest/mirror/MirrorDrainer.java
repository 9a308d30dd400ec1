package tradecanvas.ingest.mirror;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.ingest.mirror.MirrorConnection.Sent;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.outbox.BackfillState;
import tradecanvas.store.outbox.MirrorFencedException;
import tradecanvas.store.outbox.MirrorRefusedException;
import tradecanvas.store.outbox.MirrorStore;
import tradecanvas.store.outbox.Outbox;
import tradecanvas.store.outbox.OutboxEntry;

/**
 * Takes the changes of the truth to the mirror, in order, several writes on their way at once.
 *
 * <p>Whatever fails is repeated with the rows that the truth has then, after a growing wait; a row that the mirror refuses
 * for its content goes to quarantine. Owner of the session, the steps and the backfill: one thread.
 */
public final class MirrorDrainer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorDrainer.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
    /** After so long without work, what is mirrored is also removed from the file. */
    private static final Duration TIDY_AFTER = Duration.ofSeconds(1);

    /** A failure as operators see it. */
    public record Failure(String message, long atMs) {}

    private final MirrorStore mirror;
    private final Outbox outbox;
    private final MirrorGate gate;
    private final MirrorStats stats;
    private final MirrorConfig config;
    private final InstantSource clock;
    private final Backfill backfill;
    private final MirrorSteps steps;
    private final Backoff backoff;
    private final Deque<Sent> underWay = new ArrayDeque<>();
    private final Thread thread;
    private boolean claimedBefore;
    /** The next step is written alone and taken apart where it is refused. */
    private boolean careful;

    private volatile boolean closing;
    private volatile boolean fenced;
    private volatile long oldestPendingMs;
    private volatile @Nullable Failure lastFailure;

    MirrorDrainer(
            MirrorStore mirror,
            Outbox outbox,
            MirrorGate gate,
            MirrorStats stats,
            MirrorConfig config,
            InstantSource clock) {
        this.mirror = mirror;
        this.outbox = outbox;
        this.gate = gate;
        this.stats = stats;
        this.config = config;
        this.clock = clock;
        backfill =
                new Backfill(outbox, config.mirrorBatchRowsMax(), Duration.ofMillis(config.backfillWriteMs()), clock);
        steps = new MirrorSteps(outbox, config.mirrorBatchRowsMax(), System::nanoTime);
        backoff = new Backoff(Duration.ofMillis(config.mirrorBackoffMaxMs()), RandomGenerator.getDefault());
        thread = Thread.ofPlatform().daemon().name("mirror").unstarted(this::run);
    }

    void start() {
        outbox.progress().onCommit(() -> LockSupport.unpark(thread));
        thread.start();
    }

    /** How far the copy of what was there before the mirror is. */
    BackfillState backfill() {
        return backfill.state();
    }

    /** Starts or goes on with that copy; counts the truth's candles first, which blocks. */
    BackfillState startBackfill() {
        BackfillState started = backfill.start();
        LockSupport.unpark(thread);
        return started;
    }

    BackfillState stopBackfill() {
        return backfill.stop();
    }

    /** Whether another worker has taken over the mirror; this one does not write to it any more. */
    boolean isFenced() {
        return fenced;
    }

    /** When the change that waits longest became durable, in Unix milliseconds; 0 where nothing waits. */
    long oldestPendingMs() {
        long seen = oldestPendingMs;
        if (outbox.progress().depth() == 0) {
            return 0;
        }
        return seen == 0 ? outbox.progress().pendingSinceMs() : seen;
    }

    @Nullable
    Failure lastFailure() {
        return lastFailure;
    }

    private void run() {
        try {
            while (!closing && !fenced) {
                connectAndDrain();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            gate.down();
        }
    }

    private void connectAndDrain() throws InterruptedException {
        Duration timeout = Duration.ofMillis(config.mirrorTimeoutMs());
        underWay.clear();
        try (MirrorConnection connection = claim(timeout)) {
            LOG.info(
                    "mirror connected epoch={} pending={}",
                    outbox.fence().epoch(),
                    outbox.progress().depth());
            steps.restart();
            gate.acknowledged(outbox.progress().acknowledgedSeq(), OptionalLong.empty());
            drain(connection);
        } catch (RuntimeException failure) { // of the mirror, or of the truth that is read for it
            fail(failure);
            if (fenced) {
                LOG.error("mirror belongs to another worker, this one stops writing to it", failure);
                return;
            }
            Duration wait = backoff.next();
            LOG.warn(
                    "mirror failed, to be repeated waitMs={} pending={} error={}",
                    wait.toMillis(),
                    outbox.progress().depth(),
                    failure.toString());
            Thread.sleep(wait);
        }
    }

    /**
     * Becomes the mirror's writer. A write that finds another writer may have met a late claim of this worker's own, given up
     * before; only a claim that is refused means that somebody else is the writer now.
     */
    private MirrorConnection claim(Duration timeout) throws InterruptedException {
        try {
            noteOldest();
            MirrorConnection connection = MirrorConnection.claim(mirror, outbox.fence(), !claimedBefore, timeout);
            claimedBefore = true;
            stats.claimed();
            return connection;
        } catch (MirrorFencedException refused) {
            fenced = true;
            stats.claimFailed();
            throw refused;
        } catch (RuntimeException failure) {
            stats.claimFailed();
            throw failure;
        }
    }

    private void fail(RuntimeException failure) {
        lastFailure = new Failure(String.valueOf(failure.getMessage()), clock.millis());
        gate.down();
    }

    private void drain(MirrorConnection connection) throws InterruptedException {
        while (!closing) {
            boolean backfillsTurn = gate.state() == MirrorGate.State.UP && backfill.isOverdue();
            int underWayMax = backfillsTurn ? 0 : careful ? 1 : config.mirrorPipelineMax();
            while (underWay.size() < underWayMax && sendNext(connection)) {
                // as many as may be under way
            }
            noteOldest();
            if (!underWay.isEmpty()) {
                settleFirst(connection);
            } else if (!copyOlder(connection)) {
                idle();
            }
        }
    }

    private boolean sendNext(MirrorConnection connection) {
        MirrorSteps.Planned planned = steps.next();
        if (planned == null) {
            return false;
        }
        underWay.addLast(connection.send(planned));
        return true;
    }

    private void settleFirst(MirrorConnection connection) throws InterruptedException {
        Sent first = underWay.removeFirst();
        try {
            connection.await(first);
            stats.written(System.nanoTime() - first.sentNanos(), rows(first.step()));
            isolation(connection).release(first.step());
            settled(first);
        } catch (MirrorRefusedException refused) {
            stats.refused(System.nanoTime() - first.sentNanos());
            if (careful) {
                isolation(connection).quarantineRefused(first.step(), refused);
                settled(first);
            } else {
                // steps behind it may hold newer values of the same rows: they end first, then all begins again
                connection.settle(underWay);
                underWay.clear();
                steps.restart();
                careful = true;
            }
        } catch (StoreException failure) {
            stats.failed(System.nanoTime() - first.sentNanos());
            throw failure;
        }
    }

    private void settled(Sent sent) {
        backoff.reset();
        List<OutboxEntry> entries = sent.step().settles();
        if (entries.isEmpty()) {
            return;
        }
        careful = false;
        stats.lag(clock.millis() - entries.getFirst().committedAtMs());
        outbox.acknowledge(entries);
        gate.acknowledged(entries.getLast().seq(), sent.planned().currentAsOf());
    }

    private Isolation isolation(MirrorConnection connection) {
        return new Isolation(connection, outbox, stats, clock, Duration.ofNanos(gate.leaseNanos()));
    }

    private boolean copyOlder(MirrorConnection connection) throws InterruptedException {
        MirrorStep.Save chunk = backfill.nextChunk();
        if (chunk == null) {
            return false;
        }
        Sent sent = connection.send(new MirrorSteps.Planned(chunk, OptionalLong.empty()));
        try {
            connection.await(sent);
            stats.written(System.nanoTime() - sent.sentNanos(), chunk.rows().size());
            isolation(connection).release(chunk);
        } catch (MirrorRefusedException refused) {
            stats.refused(System.nanoTime() - sent.sentNanos());
            isolation(connection).quarantineRefused(chunk, refused);
        }
        backfill.copied(chunk, System.nanoTime() - sent.sentNanos());
        return true;
    }

    private void idle() {
        long begun = System.nanoTime();
        LockSupport.parkNanos(Math.min(TIDY_AFTER.toNanos(), backfill.pauseNanos()));
        if (System.nanoTime() - begun >= TIDY_AFTER.toNanos()) {
            long acknowledged = outbox.progress().acknowledgedSeq();
            if (outbox.entries(0, 1).stream().anyMatch(oldest -> oldest.seq() <= acknowledged)) {
                outbox.removeAcknowledged();
            }
        }
    }

    private void noteOldest() {
        Optional<OutboxEntry> oldest = underWay.stream()
                .flatMap(sent -> sent.step().settles().stream())
                .findFirst();
        if (oldest.isEmpty() && outbox.progress().depth() > 0) {
            oldest = outbox.entries(outbox.progress().acknowledgedSeq(), 1).stream()
                    .findFirst();
        }
        oldestPendingMs = oldest.map(OutboxEntry::committedAtMs).orElse(0L);
    }

    private static int rows(MirrorStep step) {
        return step instanceof MirrorStep.Save save ? save.rows().size() : 0;
    }

    /** Ends the thread; what is not mirrored stays in the outbox. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            if (!thread.join(CLOSE_WAIT)) {
                LOG.warn("mirror thread still runs seconds={}", CLOSE_WAIT.toSeconds());
            }
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
    }
}

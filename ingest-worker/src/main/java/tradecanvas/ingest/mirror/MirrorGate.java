package tradecanvas.ingest.mirror;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Lets what is durable pass to publishing: when the mirror has it, or when it has waited long enough.
 *
 * <p>What passes does so in the order of the calls. While the mirror is {@link State#DOWN} nothing waits, but only from a
 * moment on when no other process trusts an older answer any more that the mirror is up: an answer is trusted for {@link
 * #leaseNanos}. Back from there it is {@link State#RECOVERING} first, in which candles wait again, until the mirror has
 * everything that passed without it. Threads: any; stages complete under the lock, which keeps their order, so what is
 * attached to them must only hand over.
 */
public final class MirrorGate implements AutoCloseable {
    /** What other processes are told about the mirror as a whole. */
    public enum State {
        UP,
        RECOVERING,
        DOWN
    }

    /** Of the wait, what a change may be pending before it is named to other processes; the rest is their lease. */
    private static final long UNNAMED_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(100);

    private record Waiter(long seq, long deadlineNanos, CompletableFuture<Void> passed) {}

    private final long waitNanos;
    private final LongSupplier nanoClock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("mirror-gate").factory());
    private final LongAdder timeouts = new LongAdder();

    // Guarded by this.
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private State state = State.DOWN;
    private long downSinceNanos;
    private long acknowledgedSeq;
    private long newestSeq;
    /** The newest change that passed without the mirror. */
    private long passedWithoutSeq;
    /** Nothing that is pending came here before this moment. */
    private long pendingSinceNanos;

    private boolean expiryPlanned;
    private boolean closed;

    /**
     * Begins {@link State#DOWN}, as nobody knows yet what the mirror has.
     *
     * @param committedSeq what was durable before; all of it counts as passed
     */
    MirrorGate(long waitNanos, long committedSeq, LongSupplier nanoClock) {
        this.waitNanos = waitNanos;
        this.nanoClock = nanoClock;
        newestSeq = committedSeq;
        passedWithoutSeq = committedSeq;
        // leases of a former process ended while this one started
        downSinceNanos = nanoClock.getAsLong() - leaseNanos();
        pendingSinceNanos = downSinceNanos;
    }

    /** How long another process may trust an answer about the mirror, from when it asked. */
    public long leaseNanos() {
        return Math.max(0, waitNanos - UNNAMED_NANOS_MAX);
    }

    /** Completes when everything up to a change may be published. Calls come in the order of the changes. */
    synchronized CompletionStage<Void> pass(long seq) {
        long now = nanoClock.getAsLong();
        if (newestSeq <= acknowledgedSeq) {
            pendingSinceNanos = now;
        }
        newestSeq = Math.max(newestSeq, seq);
        Waiter waiter = new Waiter(seq, now + waitNanos, new CompletableFuture<>());
        waiters.addLast(waiter);
        release(now);
        if (!waiters.isEmpty()) {
            expireIn(waitNanos);
        }
        return waiter.passed();
    }

    /**
     * The mirror has everything up to a change.
     *
     * @param currentAsOf where it is known, a moment after which everything behind that change became durable
     */
    synchronized void acknowledged(long seq, OptionalLong currentAsOf) {
        acknowledgedSeq = seq;
        currentAsOf.ifPresent(moment -> pendingSinceNanos = Math.max(pendingSinceNanos, moment));
        long now = nanoClock.getAsLong();
        boolean current = seq >= newestSeq || now - pendingSinceNanos < waitNanos / 2;
        if (state == State.DOWN && current) {
            state = State.RECOVERING;
        }
        if (state == State.RECOVERING && seq >= passedWithoutSeq) {
            state = State.UP;
        }
        release(now);
    }

    /** The mirror failed or does not answer. */
    synchronized void down() {
        long now = nanoClock.getAsLong();
        goDown(now);
        release(now);
    }

    synchronized State state() {
        return state;
    }

    /**
     * Whether a change has been pending for so long that other processes must be told its series: it may be published
     * before they ask again.
     */
    synchronized boolean mustNamePending() {
        return newestSeq > acknowledgedSeq && nanoClock.getAsLong() - pendingSinceNanos > waitNanos - leaseNanos();
    }

    /** Changes that were published before the mirror had them, because the wait was over. */
    long timeouts() {
        return timeouts.sum();
    }

    /** Lets everything pass, now and from now on. */
    @Override
    public synchronized void close() {
        closed = true;
        timer.shutdownNow();
        release(nanoClock.getAsLong());
    }

    private boolean skips(long now) {
        return state == State.DOWN && now - downSinceNanos >= leaseNanos();
    }

    private void goDown(long now) {
        if (state == State.UP) {
            downSinceNanos = now;
        }
        state = State.DOWN;
    }

    private synchronized void expire() {
        expiryPlanned = false;
        long now = nanoClock.getAsLong();
        release(now);
        if (!waiters.isEmpty()) {
            expireIn(waiters.getFirst().deadlineNanos() - now);
        }
    }

    private void release(long now) {
        for (Waiter next = waiters.peekFirst(); next != null; next = waiters.peekFirst()) {
            if (next.seq() > acknowledgedSeq) {
                boolean late = now - next.deadlineNanos() >= 0;
                if (late && waitNanos > 0) {
                    timeouts.increment();
                    goDown(now);
                }
                if (!late && !closed && !skips(now)) {
                    return;
                }
                passedWithoutSeq = Math.max(passedWithoutSeq, next.seq());
            }
            waiters.removeFirst().passed().complete(null);
        }
    }

    /** One expiry is planned at a time; where it comes too early for the first waiter, it plans the next one. */
    private void expireIn(long nanos) {
        if (!expiryPlanned && !closed) {
            expiryPlanned = true;
            var _ = timer.schedule(this::expire, Math.max(0, nanos), TimeUnit.NANOSECONDS);
        }
    }
}

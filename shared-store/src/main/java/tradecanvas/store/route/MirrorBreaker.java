package tradecanvas.store.route;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps reads away from a mirror that failed, and finds out in the background when it works again.
 *
 * <pre>
 *   CLOSED  --a read failed--------------> WAITING   reads go to the truth; a probe is planned
 *   WAITING --the delay is over----------> PROBING   one probe at a time
 *   PROBING --it failed or took too long-> WAITING   the delay doubles, up to its maximum
 *   PROBING --it succeeded---------------> CLOSED
 * </pre>
 *
 * <p>Each change begins a new term. A read remembers the term in which it began, so that a failure which arrives late does
 * not count against a mirror that has recovered since, and the answer of a probe that was given up is dropped. A mirror
 * that fails again soon after it recovered is held off for longer. Threads: any.
 */
public final class MirrorBreaker implements AutoCloseable {
    /** The term of a read that the mirror may not answer. */
    public static final long HELD_OFF = -1;

    private static final Logger LOG = LoggerFactory.getLogger(MirrorBreaker.class);

    /**
     * How often a mirror that failed is probed.
     *
     * @param delayMin before the first probe; each failure doubles it, and each delay is shortened by up to a half at random
     * @param delayMax what it grows to, and how long the mirror must work for the next delay to be the least again
     * @param probeMax how long one probe may take
     */
    public record Pace(Duration delayMin, Duration delayMax, Duration probeMax) {
        public static final Pace STANDARD =
                new Pace(Duration.ofMillis(250), Duration.ofSeconds(5), Duration.ofSeconds(2));

        public Pace {
            if (delayMin.toNanos() < 1 || delayMax.compareTo(delayMin) < 0 || probeMax.toNanos() < 1) {
                throw new IllegalArgumentException(
                        "delays " + delayMin + ".." + delayMax + " or probe " + probeMax + " cannot be");
            }
        }
    }

    private enum State {
        CLOSED,
        WAITING,
        PROBING
    }

    private final Supplier<CompletionStage<Void>> probe;
    private final Pace pace;
    private final Delays delays;
    private final LongSupplier nanoTime;
    private final DoubleSupplier jitter;

    private State state = State.CLOSED;
    private long term;
    private Duration delay;
    private long closedAtNanos;
    private Runnable planned = () -> {};
    private boolean ended;

    private long openings;
    private long probes;

    /**
     * @param probe asks the mirror for anything; its stage may never complete
     * @param nanoTime a clock that only moves forward
     * @param jitter from 0 up to, not including, 1
     */
    public MirrorBreaker(
            Supplier<CompletionStage<Void>> probe,
            Pace pace,
            Delays delays,
            LongSupplier nanoTime,
            DoubleSupplier jitter) {
        this.probe = probe;
        this.pace = pace;
        this.delays = delays;
        this.nanoTime = nanoTime;
        this.jitter = jitter;
        delay = pace.delayMin();
        closedAtNanos = nanoTime.getAsLong() - pace.delayMax().toNanos();
    }

    /** The term of a read that begins now, or {@link #HELD_OFF}. */
    synchronized long term() {
        return state == State.CLOSED ? term : HELD_OFF;
    }

    /** A read that began in a term has failed. */
    synchronized void failed(long termOfRead, Throwable failure) {
        if (state != State.CLOSED || termOfRead != term) {
            return;
        }
        openings++;
        boolean stable = nanoTime.getAsLong() - closedAtNanos >= pace.delayMax().toNanos();
        delay = stable ? pace.delayMin() : longer(delay);
        LOG.warn("mirror held off, reads go to the truth cause={}", String.valueOf(failure));
        planProbe();
    }

    /** Whether reads are kept away. */
    public synchronized boolean isOpen() {
        return state != State.CLOSED;
    }

    /** How often the mirror was given up. */
    public synchronized long openings() {
        return openings;
    }

    /** How often it was probed. */
    public synchronized long probes() {
        return probes;
    }

    /** Ends the probing; the mirror stays as it is. */
    @Override
    public synchronized void close() {
        ended = true;
        planned.run();
        term++; // what still comes of a probe is dropped
    }

    private long enter(State next) {
        state = next;
        return ++term;
    }

    private void planProbe() {
        long waiting = enter(State.WAITING);
        if (!ended) {
            long nanos = (long) (delay.toNanos() * (1 - jitter.getAsDouble() / 2));
            planned = delays.after(Duration.ofNanos(nanos), () -> probe(waiting));
        }
    }

    private void probe(long waiting) {
        long probing;
        synchronized (this) {
            if (waiting != term) {
                return;
            }
            probing = enter(State.PROBING);
            probes++;
            planned = delays.after(
                    pace.probeMax(), () -> probed(probing, new IllegalStateException("probe took too long")));
        }
        // outside of the lock: the stage may be complete already, or the call may fail
        try {
            var _ = probe.get().whenComplete((_, failure) -> probed(probing, failure));
        } catch (RuntimeException failure) {
            probed(probing, failure);
        }
    }

    private synchronized void probed(long probing, @Nullable Throwable failure) {
        if (probing != term) {
            return;
        }
        planned.run();
        if (failure == null) {
            enter(State.CLOSED);
            closedAtNanos = nanoTime.getAsLong();
            LOG.info("mirror works again probes={}", probes);
            return;
        }
        LOG.debug("mirror still fails cause={}", String.valueOf(unwrapped(failure)));
        delay = longer(delay);
        planProbe();
    }

    private Duration longer(Duration last) {
        Duration doubled = last.multipliedBy(2);
        return doubled.compareTo(pace.delayMax()) < 0 ? doubled : pace.delayMax();
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}

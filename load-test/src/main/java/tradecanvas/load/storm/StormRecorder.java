package tradecanvas.load.storm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tradecanvas.load.client.CandleTimes;
import tradecanvas.load.client.SocketListener;

/**
 * What the clients of one storm received: each must get every candle after {@code since}, once and ascending.
 *
 * <p>Units: Unix seconds, nanoseconds as of {@link System#nanoTime}. Threads: the event loop writes; the owner waits and asks,
 * for counts without their own word after the loop has stopped.
 */
final class StormRecorder {
    private static final long LATENCY_MICROS_MAX = TimeUnit.MINUTES.toMicros(10);

    /** The first wait is below a second, as the Retry-After of the gateway says; each further one may be twice as long. */
    private static final long BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int BACKOFF_DOUBLINGS_MAX = 4;

    private final String subscribe;
    private final long since;
    private final long newestAtStart;
    private final long startNanos;
    private final CountDownLatch behind;
    private final AtomicLong last = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong complete = new AtomicLong();
    private final AtomicReference<@Nullable String> firstTrouble = new AtomicReference<>();
    private final Histogram caughtUpMicros = new Histogram(LATENCY_MICROS_MAX, 3);
    private long refused;
    private long violations;

    StormRecorder(int clients, String subscribe, long since, long newestAtStart, long startNanos) {
        this.subscribe = subscribe;
        this.since = since;
        this.newestAtStart = newestAtStart;
        this.startNanos = startNanos;
        this.behind = new CountDownLatch(clients);
    }

    Client client() {
        return new Client();
    }

    /** Waits until every client has what there was at the start; false where some had not in time. */
    boolean awaitCaughtUp(long nanosMax) throws InterruptedException {
        return behind.await(nanosMax, TimeUnit.NANOSECONDS);
    }

    /** From now on a client is complete that has this one. Threads: the event loop, between two messages. */
    void nothingComesAfter(long newest) {
        last.set(newest);
    }

    /** Clients that have all there is; any thread. */
    long complete() {
        return complete.get();
    }

    /** What the first client said that did not get what it should; any thread. */
    @Nullable
    String firstTrouble() {
        return firstTrouble.get();
    }

    long refused() {
        return refused;
    }

    long violations() {
        return violations;
    }

    /** NaN where nobody caught up, which must not look like the best of all. */
    double caughtUpMs(double percentile) {
        return caughtUpMicros.getTotalCount() == 0
                ? Double.NaN
                : caughtUpMicros.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** One client, over all its handshakes. Owner: the event loop. */
    final class Client implements SocketListener {
        private long newest = since;
        private boolean counted;
        private int refusals;
        private long readNanos;

        @Override
        public String opened() {
            return subscribe;
        }

        @Override
        public long retryAfterNanos(String statusLine) {
            if (!statusLine.startsWith("HTTP/1.1 503")) {
                return NO_RETRY;
            }
            refused++;
            long bound = BACKOFF_NANOS << Math.min(refusals++, BACKOFF_DOUBLINGS_MAX);
            return ThreadLocalRandom.current().nextLong(bound);
        }

        @Override
        public void message(byte[] data, int offset, int length, long nanoTime) {
            readNanos = nanoTime;
            if (!CandleTimes.forEach(data, offset, length, this::candle)) {
                violation("got a message that is no closed candle");
            }
            checkComplete();
        }

        @Override
        public void failed(String reason) {
            firstTrouble.compareAndSet(null, reason);
        }

        /** Again for those that had it before it was known to be the last. */
        void checkComplete() {
            if (!counted && newest == last.get()) {
                counted = true;
                complete.incrementAndGet();
            }
        }

        private void candle(long time) {
            if (time != newest + StormPlan.STEP_SECONDS) {
                violation("got " + time + " after " + newest);
            }
            if (newest < newestAtStart && time >= newestAtStart) {
                caughtUpMicros.recordValue(Math.min((readNanos - startNanos) / 1_000, LATENCY_MICROS_MAX));
                behind.countDown();
            }
            newest = Math.max(newest, time);
        }

        private void violation(String what) {
            violations++;
            firstTrouble.compareAndSet(null, what);
        }
    }
}

package tradecanvas.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;

/**
 * One poster a series: single candles, now and then a batch, and forming candles in between, without a gap. What is not
 * answered with 200 is posted again, as the worker may have stored it. Owner: one test.
 */
final class CandleLoad implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration END_MAX = Duration.ofSeconds(30);
    private static final int BATCH = 6;

    private final Api worker;
    private final List<AtomicLong> heads;
    private final List<String> series;
    private final List<Thread> threads;
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final List<AtomicInteger> bursts;
    private volatile int burstsForEver = 1;
    private volatile boolean ending;

    private CandleLoad(Api worker, List<String> series, long firstTime) {
        this.worker = worker;
        this.series = series;
        this.heads = series.stream()
                .map(_ -> new AtomicLong(firstTime - SeriesApi.STEP_S))
                .toList();
        this.bursts = series.stream().map(_ -> new AtomicInteger()).toList();
        this.threads = IntStream.range(0, series.size())
                .mapToObj(i -> Thread.ofVirtual()
                        .start(() -> post(new SeriesApi(worker, series.get(i)), heads.get(i), bursts.get(i))))
                .toList();
    }

    static CandleLoad start(Api worker, List<String> series, long firstTime) {
        return new CandleLoad(worker, series, firstTime);
    }

    /** The newest candle that was answered, of the series that has the oldest. */
    long slowestHead() {
        return heads.stream().mapToLong(AtomicLong::get).min().orElseThrow();
    }

    /** Posts a batch to each series, between the single candles, and waits for the answers. */
    void postBurst(int candles) {
        bursts.forEach(burst -> burst.set(candles));
        await().atMost(END_MAX).until(() -> bursts.stream().allMatch(burst -> burst.get() == 0));
    }

    /** Posts batches of so many candles to each series from now on; 1 goes back to single ones. */
    void postBursts(int candles) {
        burstsForEver = candles;
    }

    /** Statuses other than 200, and connections that ended without an answer. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    void end() {
        ending = true;
        try {
            for (Thread thread : threads) {
                assertThat(thread.join(END_MAX)).as("poster of %s ends", series).isTrue();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ending = true;
        threads.forEach(Thread::interrupt);
    }

    private void post(SeriesApi to, AtomicLong head, AtomicInteger burst) {
        while (!ending) {
            long next = head.get() + SeriesApi.STEP_S;
            int small = ThreadLocalRandom.current().nextInt(10) == 0 ? BATCH : 1;
            int count = Math.max(small, Math.max(burst.get(), burstsForEver));
            Api.Answer answer = tryPost(to, next, count);
            if (answer != null && answer.status() == 200) {
                head.set(next + (count - 1) * SeriesApi.STEP_S);
                burst.compareAndSet(count, 0);
            } else {
                refusals.add(answer == null ? "none" : answer.status() + " " + answer.body());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private Api.@Nullable Answer tryPost(SeriesApi to, long time, int count) {
        try {
            if (count > 1) {
                return to.tryPostBatch(time, count);
            }
            if (ThreadLocalRandom.current().nextInt(4) == 0) {
                to.postForming(time, 1);
            }
            return worker.postClosed(to.series(), time);
        } catch (UncheckedIOException gone) {
            return null;
        } catch (AssertionError formingRefused) {
            return null;
        }
    }
}

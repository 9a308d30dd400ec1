package tradecanvas.system.mirror;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tradecanvas.system.client.Api;

/**
 * Posters of single candles, each with a series of its own, that now and then correct an older candle, and a reader beside
 * each that asks for the last candle. Every answer is kept that is not 200, and every read that is older than what was
 * answered before it began. Owner: one test.
 */
final class MirrorLoad implements AutoCloseable {
    private static final long STEP_S = 60;
    private static final Duration PAUSE = Duration.ofMillis(4);
    private static final Duration END_MAX = Duration.ofSeconds(30);

    private final Api writes;
    private final Map<String, Queue<Long>> latencyMicros = new ConcurrentHashMap<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicLong readCount = new AtomicLong();
    private final List<Thread> threads;
    private final boolean mayLoseServer;
    private volatile String phase = "start";
    private volatile boolean ending;

    private MirrorLoad(Api writes, @Nullable Api reads, String name, int posters, boolean mayLoseServer) {
        this.writes = writes;
        this.mayLoseServer = mayLoseServer;
        threads = IntStream.range(0, posters)
                .mapToObj(i -> {
                    AtomicLong answered = new AtomicLong();
                    String series = "test:mirror:" + name + i + ":1m";
                    Thread poster = Thread.ofVirtual().unstarted(() -> post(series, answered));
                    return reads == null
                            ? List.of(poster)
                            : List.of(poster, Thread.ofVirtual().unstarted(() -> read(reads, series, answered)));
                })
                .flatMap(List::stream)
                .toList();
        threads.forEach(Thread::start);
    }

    /** Starts the load on one server. */
    static MirrorLoad on(Api api, String name, int posters) {
        return new MirrorLoad(api, api, name, posters, false);
    }

    /** Starts the load on a server that takes posts and another one that answers reads. */
    static MirrorLoad on(Api writes, Api reads, String name, int posters) {
        return new MirrorLoad(writes, reads, name, posters, false);
    }

    /** Starts posters alone on a server that answers no reads. */
    static MirrorLoad onWritesOnly(Api api, String name, int posters) {
        return new MirrorLoad(api, null, name, posters, false);
    }

    /** As {@link #on}; a connection that breaks ends its thread without a complaint. */
    static MirrorLoad onMortal(Api api, String name, int posters) {
        return new MirrorLoad(api, api, name, posters, true);
    }

    /** Latencies from now on belong to another phase. */
    void phase(String name) {
        phase = name;
    }

    /** What was not as it must be, at most a few. */
    List<String> complaints() {
        return complaints.stream().limit(5).toList();
    }

    long reads() {
        return readCount.get();
    }

    /** A line for each phase: posts and their latency. */
    String latencies(String... phases) {
        StringBuilder text = new StringBuilder();
        for (String name : phases) {
            long[] sorted = latencyMicros.getOrDefault(name, new ConcurrentLinkedQueue<>()).stream()
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray();
            text.append(String.format(
                    Locale.ROOT,
                    "ingest latency %s: posts=%d p50=%.1f p99=%.1f max=%.1f ms%n",
                    name,
                    sorted.length,
                    millis(sorted, 0.5),
                    millis(sorted, 0.99),
                    millis(sorted, 1)));
        }
        return text.toString();
    }

    private static double millis(long[] sorted, double quantile) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, quantile * sorted.length)] / 1000.0;
    }

    private void post(String series, AtomicLong answered) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (long time = STEP_S; !ending; time += STEP_S) {
            boolean correction = time > 10 * STEP_S && random.nextInt(8) == 0;
            long posted = correction ? time - STEP_S * random.nextInt(1, 10) : time;
            long begun = System.nanoTime();
            Api.Answer answer = tryCall(() -> writes.post(
                    "api/market/ingest/candle_closed",
                    "{\"series_id\":\"" + series + "\",\"candle\":" + candle(posted, random) + "}"));
            if (answer == null) {
                return;
            }
            latencyMicros
                    .computeIfAbsent(phase, _ -> new ConcurrentLinkedQueue<>())
                    .add((System.nanoTime() - begun) / 1000);
            if (answer.status() == 200) {
                answered.accumulateAndGet(posted, Math::max);
            } else {
                complaints.add("post " + series + " " + posted + ": " + answer.status() + " " + answer.body());
            }
            pause();
        }
    }

    private static String candle(long time, ThreadLocalRandom random) {
        double price = random.nextDouble(1, 70_000);
        return "{\"candle_time\":" + time + ",\"open\":" + price + ",\"high\":" + price * 1.01 + ",\"low\":"
                + price * 0.99 + ",\"close\":" + random.nextDouble() + ",\"volume\":" + random.nextDouble(1e-9, 1e9)
                + "}";
    }

    private void read(Api from, String series, AtomicLong answered) {
        while (!ending) {
            long promised = answered.get();
            Api.Answer answer = tryCall(() -> from.get("api/market/candles?limit=1&series_id=" + Api.encode(series)));
            if (answer == null) {
                return;
            }
            if (answer.status() != 200) {
                complaints.add("read " + series + ": " + answer.status() + " " + answer.body());
            } else if (promised > 0) {
                long head = answer.json().get("server_head_time").asLong();
                long last =
                        answer.json().get("candles").path(0).path("candle_time").asLong();
                if (last < promised || head < promised) {
                    complaints.add("read " + series + ": head " + head + " and last " + last + ", but " + promised
                            + " was answered before, in phase " + phase);
                }
            }
            readCount.incrementAndGet();
            pause();
        }
    }

    private Api.@Nullable Answer tryCall(Supplier<Api.Answer> call) {
        try {
            return call.get();
        } catch (UncheckedIOException gone) {
            if (!mayLoseServer) {
                complaints.add("no answer in phase " + phase + ": " + gone.getMessage());
            }
            return null;
        }
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    /** Ends posters and readers and waits for them; again: nothing. */
    void end() {
        ending = true;
        try {
            for (Thread thread : threads) {
                if (!thread.join(END_MAX)) {
                    complaints.add("a call was not answered within " + END_MAX);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Latencies of a phase in ms, sorted. */
    double[] millis(String name) {
        return latencyMicros.getOrDefault(name, new ConcurrentLinkedQueue<>()).stream()
                .mapToDouble(micros -> micros / 1000.0)
                .sorted()
                .toArray();
    }

    @Override
    public void close() {
        end();
    }
}

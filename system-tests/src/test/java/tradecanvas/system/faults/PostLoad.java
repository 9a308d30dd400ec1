package tradecanvas.system.faults;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;

/**
 * Posters that go on without pause until the server refuses them or is gone, each with a series of its own; every other
 * one posts batches.
 */
final class PostLoad {
    /** Candles of a batch. */
    static final int BATCH = 20;

    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private final Map<String, Set<Long>> answered = new ConcurrentHashMap<>();
    private final Set<Integer> refusals = new ConcurrentSkipListSet<>();
    private final AtomicInteger posts = new AtomicInteger();
    private final List<Thread> posters = new ArrayList<>();

    private PostLoad() {}

    /** Starts the posters; the series are named after the load. */
    static PostLoad start(Api api, String name, int posters) {
        PostLoad load = new PostLoad();
        for (int i = 0; i < posters; i++) {
            boolean batches = i % 2 == 1;
            SeriesApi series =
                    new SeriesApi(api, "test:" + (batches ? "batch" : "single") + ":" + name + "-" + i + ":1m");
            load.start(series, batches ? BATCH : 1);
        }
        return load;
    }

    /** Starts one poster of single candles. */
    static PostLoad startOne(SeriesApi series) {
        PostLoad load = new PostLoad();
        load.start(series, 1);
        return load;
    }

    private void start(SeriesApi series, int count) {
        Set<Long> times = new ConcurrentSkipListSet<>();
        answered.put(series.series(), times);
        posters.add(Thread.startVirtualThread(() -> post(series, count, times)));
    }

    /** Waits until so many posts are answered with 200. */
    PostLoad awaitPosts(int count) {
        await().atMost(WAIT_MAX).pollInterval(Duration.ofMillis(1)).until(() -> posts.get() >= count);
        return this;
    }

    /** Waits until every poster was refused. */
    void awaitEnd() throws InterruptedException {
        for (Thread poster : posters) {
            if (!poster.join(WAIT_MAX)) {
                throw new AssertionError("a post is not answered although the server is gone");
            }
        }
    }

    /** Times of the candles in posts that were answered with 200, by series. */
    Map<String, Set<Long>> answered() {
        return new TreeMap<>(answered);
    }

    /** Statuses other than 200; empty where connections just ended. */
    Set<Integer> refusals() {
        return refusals;
    }

    private void post(SeriesApi series, int count, Set<Long> times) {
        try {
            for (long time = SeriesApi.STEP_S; ; time += count * SeriesApi.STEP_S) {
                Api.Answer answer =
                        count == 1 ? series.api().postClosed(series.series(), time) : series.tryPostBatch(time, count);
                if (answer.status() != 200) {
                    refusals.add(answer.status());
                    return;
                }
                LongStream.iterate(time, next -> next + SeriesApi.STEP_S)
                        .limit(count)
                        .forEach(times::add);
                posts.incrementAndGet();
            }
        } catch (UncheckedIOException gone) {
            return; // without an answer nothing is promised
        }
    }
}

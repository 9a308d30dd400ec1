package tradecanvas.system.delivery;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.client.SocketSwarm;

/** Everything that other clients and posters do while a series is watched, without pause, from one thread a kind. */
final class Storm implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final int RESTLESS = 40;
    private static final int OTHER_SERIES = 4;
    private static final int BATCH = 7;

    private final SocketSwarm swarm;
    private final URI address;
    private final SeriesApi watched;
    private final AtomicLong head;
    private final List<SeriesApi> others = new ArrayList<>();
    private final List<Watcher> restless = new ArrayList<>();
    private final List<Watcher> elsewhere = new ArrayList<>();
    private final AtomicInteger actions = new AtomicInteger();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean ended;

    /** @param head the newest candle of the watched series, kept up to date by whoever posts it */
    Storm(SocketSwarm swarm, URI address, Api api, SeriesApi watched, AtomicLong head) {
        this.swarm = swarm;
        this.address = address;
        this.watched = watched;
        this.head = head;
        for (int i = 0; i < OTHER_SERIES; i++) {
            SeriesApi other = new SeriesApi(api, watched.series().replace("watched", "other" + i));
            others.add(other);
            elsewhere.add(Watcher.connect(swarm, address, other.series()).subscribe(null, i % 2 == 0));
        }
        for (int i = 0; i < RESTLESS; i++) {
            restless.add(Watcher.connect(swarm, address, watched.series()));
        }
    }

    void start(long seed) {
        run(seed, this::subscribeAgain);
        run(seed + 1, this::comeAndGo);
        run(seed + 2, this::showForming);
        int first = (int) (seed + 3);
        for (SeriesApi other : others) {
            AtomicLong next = new AtomicLong(SeriesApi.STEP_S);
            run(first++, random -> postElsewhere(other, next, random));
        }
    }

    /** Waits until the storm has done so many things more, so that they fall between what the caller does. */
    void awaitActions(int count) {
        int target = actions.get() + count;
        await().atMost(WAIT_MAX).pollInterval(Duration.ofMillis(1)).until(() -> {
            if (running.stream().anyMatch(Future::isDone)) {
                end();
            }
            return actions.get() >= target;
        });
    }

    /** Ends every thread; fails where one of them failed. */
    void end() throws ExecutionException, InterruptedException {
        ended = true;
        for (Future<?> thread : running) {
            try {
                thread.get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
            } catch (java.util.concurrent.TimeoutException late) {
                throw new AssertionError("storm does not end", late);
            }
        }
    }

    /** Those whose subscriptions changed, and those who watched the other series. */
    void verify() {
        restless.stream().filter(watcher -> !watcher.isSubscribed()).forEach(watcher -> watcher.subscribe(null, true));
        Watcher.verify(restless, watched);
        for (int i = 0; i < others.size(); i++) {
            Watcher.verify(List.of(elsewhere.get(i)), others.get(i));
        }
    }

    @Override
    public void close() {
        ended = true;
        threads.shutdownNow();
    }

    private void run(long seed, Consumer<Random> action) {
        Random random = new Random(seed);
        running.add(threads.submit(() -> {
            while (!ended) {
                action.accept(random);
                actions.incrementAndGet();
            }
        }));
    }

    private void subscribeAgain(Random random) {
        Watcher watcher = restless.get(random.nextInt(RESTLESS));
        boolean supportsBatch = random.nextBoolean();
        switch (random.nextInt(5)) {
            case 0 -> {
                if (watcher.isSubscribed()) {
                    watcher.unsubscribe();
                }
            }
            case 1, 2 -> watcher.replace(1 + random.nextInt(10), supportsBatch);
            case 3 -> watcher.settle();
            default -> watcher.subscribe(anySince(random), supportsBatch);
        }
    }

    private void comeAndGo(Random random) {
        Watcher passing =
                Watcher.connect(swarm, address, watched.series()).subscribe(anySince(random), random.nextBoolean());
        switch (random.nextInt(3)) {
            case 0 -> passing.close();
            case 1 -> passing.socket().leave();
            default -> {
                passing.awaitClosed(head.get());
                passing.close();
            }
        }
    }

    private void showForming(Random random) {
        SeriesApi series = random.nextInt(4) == 0 ? watched : others.get(random.nextInt(OTHER_SERIES));
        series.postForming(head.get() + SeriesApi.STEP_S, 1 + random.nextInt(100));
    }

    private static void postElsewhere(SeriesApi series, AtomicLong next, Random random) {
        if (random.nextBoolean()) {
            series.post(next.getAndAdd(SeriesApi.STEP_S));
        } else {
            series.postBatch(next.getAndAdd(BATCH * SeriesApi.STEP_S), BATCH);
        }
    }

    private Long anySince(Random random) {
        return head.get() - random.nextInt(12) * SeriesApi.STEP_S;
    }
}

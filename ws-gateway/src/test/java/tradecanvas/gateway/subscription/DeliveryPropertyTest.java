package tradecanvas.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

/** Any interleaving of commits, publishes (also lost and repeated ones), reads and subscribes ends in the same history. */
class DeliveryPropertyTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");
    private static final int STEPS = 120;

    static List<Long> seeds() {
        long first = System.nanoTime();
        return java.util.stream.LongStream.range(0, 400)
                .mapToObj(i -> first + i)
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everySubscriberEndsWithTheStoredCandlesInOrder(long seed) {
        new Run(seed).play();
    }

    private static final class Run {
        private final Random random;
        private final FakeStore store = new FakeStore();
        private final ArrayDeque<FeedEvent> toPublish = new ArrayDeque<>();
        private final FanOut fanOut;
        private final List<Watcher> watchers = new ArrayList<>();
        private long nextTime = 100;

        Run(long seed) {
            random = new Random(seed);
            fanOut = new FanOut(
                    store,
                    new HistorySettings(
                            5000,
                            1 + random.nextInt(20),
                            Duration.ofMinutes(5),
                            1 + random.nextInt(3),
                            random.nextBoolean() ? Duration.ZERO : Duration.ofMinutes(5),
                            1 << 20),
                    new SubscriptionSettings(1 + random.nextInt(4), 1 + random.nextInt(6), 0));
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            settle();
            end();
            settle();
            watchers.forEach(watcher -> watcher.check(store.candles.navigableKeySet()));
        }

        /** Something makes lost candles known: the next candle, an interruption, or the watermark. */
        private void end() {
            switch (random.nextInt(3)) {
                case 0 -> commit(1);
                case 1 -> fanOut.interrupted();
                default -> {
                    fanOut.checkHeads(Long.MAX_VALUE / 2 - 1); // from when a new series is expected to go on
                    fanOut.checkHeads(Long.MAX_VALUE / 2 + 60);
                }
            }
        }

        private void step() {
            switch (random.nextInt(7)) {
                case 6 -> {
                    if (random.nextInt(4) == 0) {
                        fanOut.interrupted();
                    }
                }
                case 0 -> commit(1 + random.nextInt(3));
                case 1, 2 -> publishNext();
                case 3 -> {
                    if (!store.pending.isEmpty()) {
                        FakeStore.Read read = store.pending.get(random.nextInt(store.pending.size()));
                        if (random.nextBoolean()) {
                            read.lookAgain();
                        }
                        read.end();
                    }
                }
                case 4 -> watchers.forEach(Watcher::run);
                default -> {
                    if (watchers.size() < 4) {
                        watchers.add(new Watcher(fanOut, random));
                    }
                }
            }
        }

        private void commit(int count) {
            if (random.nextInt(8) == 0) {
                nextTime += 120; // candles that nobody has
            }
            List<Candle> unit = new ArrayList<>();
            for (int i = 0; i < count; i++, nextTime += 60) {
                unit.add(new Candle(nextTime, 1, 2, 0, 1, 1));
            }
            unit.forEach(store::save);
            toPublish.add(
                    count == 1
                            ? new FeedEvent.Closed(SERIES, unit.getFirst())
                            : new FeedEvent.ClosedBatch(SERIES, unit));
        }

        private void publishNext() {
            FeedEvent event = toPublish.poll();
            if (event == null) {
                return;
            }
            int luck = random.nextInt(10);
            if (luck > 0 || toPublish.isEmpty()) { // 0: lost on the way, something later follows
                fanOut.publish(event);
            }
            if (luck == 1) {
                fanOut.publish(event);
            }
        }

        private void settle() {
            while (!toPublish.isEmpty()) {
                fanOut.publish(toPublish.poll());
            }
            do {
                watchers.forEach(Watcher::run);
                List.copyOf(store.pending).forEach(FakeStore.Read::end);
                watchers.forEach(Watcher::run);
            } while (!store.pending.isEmpty());
        }
    }

    private static final class Watcher {
        private final TestSocket socket;
        private final long since;
        private final List<String> log = new ArrayList<>();

        Watcher(FanOut fanOut, Random random) {
            socket = new TestSocket(fanOut, 1 << 24);
            since = 40 + 60L * random.nextInt(10);
            socket.subscriptions.subscribe(SERIES, since, random.nextBoolean());
        }

        void run() {
            log.addAll(socket.sent());
        }

        void check(java.util.NavigableSet<Long> stored) {
            List<Long> closed = new ArrayList<>();
            for (String message : log) {
                String[] words = message.split(" ", -1);
                if (!words[0].equals("gap")) {
                    for (int i = 1; i < words.length; i++) {
                        closed.add(Long.parseLong(words[i]));
                    }
                } else {
                    assertThat(stored.subSet(Long.parseLong(words[1]), Long.parseLong(words[2])))
                            .as("candles of an announced gap")
                            .isEmpty();
                }
            }
            assertThat(closed).as("%s", log).containsExactlyElementsOf(new TreeSet<>(stored.tailSet(since, false)));
            assertThat(socket.slow).isFalse();
        }
    }
}

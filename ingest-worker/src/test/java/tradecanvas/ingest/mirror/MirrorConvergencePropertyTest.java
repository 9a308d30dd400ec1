package tradecanvas.ingest.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.outbox.MirrorSession;
import tradecanvas.store.outbox.Outbox;
import tradecanvas.store.outbox.OutboxEntry;
import tradecanvas.store.sqlite.SqliteSettings;
import tradecanvas.store.sqlite.SqliteStore;

/**
 * Saves, deletes and trims, the worker crashing anywhere between commit, sending, the mirror's commit and the removal of an
 * entry, batches sent twice, prepared in any order, and arriving from dead connections: the mirror ends equal to the truth.
 */
class MirrorConvergencePropertyTest {
    private static final int STEPS = 60;
    private static final List<SeriesId> SERIES =
            List.of(SeriesId.parse("a:b:c:1m"), SeriesId.parse("a:b:d:1m"), SeriesId.parse("x:5m"));

    @TempDir
    Path directory;

    static LongStream seeds() {
        long first = System.nanoTime();
        return LongStream.range(first, first + 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void mirrorEndsEqualToTheTruth(long seed) {
        try (Run run = new Run(directory.resolve(seed + ".db"), seed)) {
            run.play();
        }
    }

    private static final class Run implements AutoCloseable {
        private final Path file;
        private final Random random;
        private final FakeMirror mirror = new FakeMirror();
        private final Map<SeriesId, NavigableMap<Long, Candle>> expected =
                new TreeMap<>((left, right) -> left.text().compareTo(right.text()));
        private SqliteStore store;
        private MirrorSession session;
        private MirrorSteps steps;

        Run(Path file, long seed) {
            this.file = file;
            random = new Random(seed);
            for (SeriesId series : SERIES) { // a mirror full of other values
                for (long time = 60; time <= 600; time += 60) {
                    mirror.plant(series.text(), new Candle(time, 9, 9, 9, 9, 9));
                }
                List<Candle> candles = LongStream.rangeClosed(1, 10)
                        .mapToObj(i -> candle(i * 60))
                        .toList();
                candles.forEach(candle -> expected(series).put(candle.openTime(), candle));
            }
            store = SqliteStore.open(SqliteSettings.of(file).withOutbox(true));
            session = claim();
            steps = newSteps();
            expected.forEach((series, candles) ->
                    join(store.writer().save(List.of(new SeriesCandles(series, List.copyOf(candles.values()))))));
        }

        private void connect() {
            session = claim();
            steps = newSteps();
        }

        private MirrorSession claim() {
            return mirror.claim(outbox().fence(), true).toCompletableFuture().join();
        }

        private MirrorSteps newSteps() {
            return new MirrorSteps(outbox(), 1 + random.nextInt(5), System::nanoTime);
        }

        private NavigableMap<Long, Candle> expected(SeriesId series) {
            return expected.computeIfAbsent(series, _ -> new TreeMap<>());
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            mirror.letAllGo();
            connect();
            while (drainOne()) {
                // until nothing is owed
            }
            assertThat(outbox().progress().depth()).isZero();
            expected.forEach((series, candles) -> assertThat(mirror.candles(series.text()))
                    .as(series.text())
                    .containsExactlyElementsOf(candles.values()));
        }

        private void step() {
            switch (random.nextInt(11)) {
                case 0, 1, 2 -> save();
                case 3 -> delete();
                case 4 -> trim();
                case 5, 6 -> drainOne();
                case 7 -> mirror.hold();
                case 8 -> letGoSome();
                case 9 -> sendWithoutLearning();
                default -> {
                    if (random.nextBoolean()) {
                        connect();
                    } else {
                        crash();
                    }
                }
            }
        }

        private void save() {
            SeriesId series = anySeries();
            List<Candle> candles = random.longs(1 + random.nextInt(6), 1, 30)
                    .distinct()
                    .mapToObj(i -> candle(i * 60))
                    .toList();
            candles.forEach(candle -> expected(series).put(candle.openTime(), candle));
            join(store.writer().save(List.of(SeriesCandles.of(series, candles))));
        }

        private void delete() {
            SeriesId series = anySeries();
            List<Long> times =
                    random.longs(2, 1, 30).map(i -> i * 60).distinct().boxed().toList();
            expected(series).keySet().removeAll(times);
            join(store.writer().delete(series, times));
        }

        private void trim() {
            SeriesId series = anySeries();
            int newest = 1 + random.nextInt(12);
            NavigableMap<Long, Candle> candles = expected(series);
            while (candles.size() > newest) {
                candles.pollFirstEntry();
            }
            join(store.writer().trim(series, newest));
        }

        /** Sends the next step; what the mirror commits now is acknowledged, what it holds is not. */
        private boolean drainOne() {
            MirrorSteps.Planned planned = steps.next();
            if (planned == null) {
                return false;
            }
            var committed = send(planned.step()).toCompletableFuture();
            if (committed.isDone() && !planned.step().settles().isEmpty()) {
                committed.join();
                outbox().acknowledge(planned.step().settles());
            } else if (!committed.isDone()) {
                connect(); // the thread gives up on a connection that does not answer
            }
            return true;
        }

        /** Steps made from the changes in any order, and steps that were sent before, without anything acknowledged. */
        private void sendWithoutLearning() {
            List<OutboxEntry> shuffled =
                    new ArrayList<>(outbox().entries(outbox().progress().acknowledgedSeq(), 50));
            Collections.shuffle(shuffled, random);
            steps.restart();
            steps.take(shuffled);
            for (MirrorSteps.Planned next = steps.next(); next != null; next = steps.next()) {
                var _ = send(next.step());
                if (random.nextBoolean()) {
                    var _ = send(next.step());
                }
            }
            steps.restart();
        }

        private CompletionStage<Void> send(MirrorStep step) {
            return switch (step) {
                case MirrorStep.Save save -> session.save(save.rows());
                case MirrorStep.Delete delete ->
                    session.delete(delete.seriesId(), delete.from(), delete.to(), delete.keep());
                case MirrorStep.Nothing _ -> CompletableFuture.completedStage(null);
            };
        }

        private void letGoSome() {
            for (int i = random.nextInt(4); i > 0; i--) {
                mirror.letGo();
            }
        }

        private void crash() {
            store.close();
            store = SqliteStore.open(SqliteSettings.of(file).withOutbox(true));
            connect();
        }

        private Candle candle(long time) {
            double price = 1 + random.nextInt(1_000_000) / 64.0;
            return new Candle(time, price, price + 1, price - 1, price, random.nextInt(100));
        }

        private SeriesId anySeries() {
            return SERIES.get(random.nextInt(SERIES.size()));
        }

        private Outbox outbox() {
            return store.outbox();
        }

        private static void join(CompletionStage<Void> stage) {
            stage.toCompletableFuture().join();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}

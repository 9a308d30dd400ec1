package tradecanvas.store.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.outbox.MirrorPosition;

/** Whatever is planted in the mirror, the comparison names each of it and nothing else, whatever its bounds are. */
class ComparisonPropertyTest {
    private static final long MINUTE = 60;

    static LongStream seeds() {
        long first = System.nanoTime();
        return LongStream.range(first, first + 12);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void namesWhatWasPlantedAndNothingElse(long seed) throws InterruptedException {
        new Run(seed).play();
    }

    /** The same with a truth that is written all the while, and a mirror that follows it late. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void namesNoRowThatIsOnItsWay(long seed) throws InterruptedException {
        new Run(seed).playWhileWritten();
    }

    private static final class Run {
        private final Random random;
        private final FakeStore truth = new FakeStore();
        private final FakeStore mirror = new FakeStore();
        private final List<String> series = new ArrayList<>();
        private final TreeSet<String> planted = new TreeSet<>();
        /** Rows of the truth that its writes leave alone. */
        private final TreeSet<String> plantedKeys = new TreeSet<>();

        private final List<Runnable> owed = new ArrayList<>();
        private long committed;
        private long acknowledged;

        Run(long seed) {
            random = new Random(seed);
            int count = 1 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                String id = random.nextInt(4) == 0 ? "no id \u00fc" + i : "a:b:c" + i + ":1m";
                series.add(id);
                long time = random.nextInt(5) == 0 ? -1_000_000 : 1_700_000_040;
                for (int rows = random.nextInt(1_500); rows > 0; rows--) {
                    time += random.nextInt(50) == 0 ? MINUTE * random.nextInt(100_000) + MINUTE : MINUTE;
                    RowBits row = RowBits.of(time, value(), value(), value(), value(), value());
                    truth.put(id, row);
                    mirror.put(id, row);
                }
                if (random.nextInt(6) == 0) {
                    for (long end : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
                        RowBits row = RowBits.of(end, 1, 2, 3, 4, 5);
                        truth.put(id, row);
                        mirror.put(id, row);
                    }
                }
            }
        }

        private double value() {
            return switch (random.nextInt(6)) {
                case 0 -> 0.0000005;
                case 1 -> 2.5e-6 + random.nextInt(10);
                case 2 -> Double.MIN_VALUE * random.nextInt(1_000);
                case 3 -> 1e300 * random.nextDouble();
                default -> 100.1000005 * random.nextDouble();
            };
        }

        private ComparisonBounds bounds() {
            int leaf = 1 + random.nextInt(200);
            return ComparisonBounds.STANDARD
                    .withWindow(100 + random.nextInt(3_000), 2 + random.nextInt(100), leaf)
                    .withMirrorWaitMax(Duration.ofSeconds(5));
        }

        private Findings compare() throws InterruptedException {
            Findings findings = new Findings();
            Stores stores = new Stores(
                    truth,
                    mirror,
                    () -> CompletableFuture.completedStage(new MirrorPosition(1, committed, acknowledged(), true)));
            ComparisonSummary summary =
                    new Comparison(stores, bounds(), findings, InstantSource.system(), System::nanoTime).run();
            assertThat(summary.drift()).isEqualTo(findings.drift.size());
            assertThat(findings.failed).isEmpty();
            return findings;
        }

        void play() throws InterruptedException {
            plantAll();
            Findings found = compare();
            assertThat(found.keys()).containsExactlyInAnyOrderElementsOf(planted);
            assertThat(found.unconfirmed).isEmpty();
            found.drift.forEach(drift -> {
                assertThat(drift.truth()).isEqualTo(truth.get(drift.seriesId(), drift.time()));
                assertThat(drift.mirror()).isEqualTo(mirror.get(drift.seriesId(), drift.time()));
            });
        }

        void playWhileWritten() throws InterruptedException {
            plantAll();
            truth.beforeAnswer = this::write;
            mirror.beforeAnswer = this::write;
            Findings found = compare();
            assertThat(found.keys()).isSubsetOf(planted);
            // a planted row that was never written to since is found although all else moves
            assertThat(found.keys()).containsAll(planted);
        }

        private void write() {
            for (int writes = random.nextInt(3); writes > 0; writes--) {
                String id = series.get(random.nextInt(series.size()));
                List<Long> times = times(id);
                long head = times.isEmpty() ? 0 : times.get(times.size() - 1);
                boolean append = random.nextBoolean() || times.isEmpty();
                if (append && head > Long.MAX_VALUE - 100) {
                    continue;
                }
                long time = append ? head + MINUTE : times.get(random.nextInt(times.size()));
                if (plantedKeys.contains(id + " " + time)) {
                    continue;
                }
                RowBits row = RowBits.of(time, value(), value(), value(), value(), value());
                boolean deletes = !append && random.nextInt(3) == 0;
                if (deletes) {
                    truth.remove(id, time);
                } else {
                    truth.put(id, row);
                }
                committed++;
                owed.add(() -> follow(id, time));
            }
        }

        /** The mirror is given what the truth holds then. */
        private void follow(String id, long time) {
            RowBits now = truth.get(id, time);
            if (now == null) {
                mirror.remove(id, time);
            } else {
                mirror.put(id, now);
            }
            acknowledged++;
        }

        private long acknowledged() {
            for (int steps = random.nextInt(4); steps > 0 && !owed.isEmpty(); steps--) {
                owed.removeFirst().run();
            }
            return acknowledged;
        }

        private List<Long> times(String id) {
            return truth.allTimes(id);
        }

        private void plantAll() {
            for (int plants = random.nextInt(30); plants > 0; plants--) {
                plant(series.get(random.nextInt(series.size())));
            }
        }

        private void plant(String id) {
            List<Long> times = new ArrayList<>(times(id));
            times.removeIf(time -> plantedKeys.contains(id + " " + time));
            Collections.shuffle(times, random);
            if (times.size() < 2) {
                return;
            }
            RowBits one = Objects.requireNonNull(truth.get(id, times.get(0)));
            RowBits other = Objects.requireNonNull(truth.get(id, times.get(1)));
            switch (random.nextInt(5)) {
                case 0 -> {
                    List<Long> bits = new ArrayList<>(one.bits());
                    int column = random.nextInt(RowBits.COLUMNS);
                    bits.set(column, bits.get(column) ^ (1L << random.nextInt(64))); // may be NaN, infinite or -0.0
                    mirror.put(id, RowBits.of(one.time(), bits));
                    remember(Drift.Kind.DIFFERENT, id, one.time());
                }
                case 1 -> {
                    mirror.remove(id, one.time());
                    remember(Drift.Kind.MISSING, id, one.time());
                }
                case 2 -> addExtra(id, one);
                case 3 -> {
                    if (addExtra(id, one)) { // moved
                        mirror.remove(id, one.time());
                        remember(Drift.Kind.MISSING, id, one.time());
                    }
                }
                default -> {
                    if (!one.bits().equals(other.bits())) { // swapped
                        mirror.put(id, RowBits.of(one.time(), other.bits()));
                        mirror.put(id, RowBits.of(other.time(), one.bits()));
                        remember(Drift.Kind.DIFFERENT, id, one.time());
                        remember(Drift.Kind.DIFFERENT, id, other.time());
                    }
                }
            }
        }

        private boolean addExtra(String id, RowBits like) {
            long time = like.time() + 1 + random.nextInt(58); // beside the grid, so no write meets it
            if (like.time() == Long.MAX_VALUE || mirror.get(id, time) != null) {
                return false;
            }
            mirror.put(id, RowBits.of(time, like.bits()));
            remember(Drift.Kind.EXTRA, id, time);
            return true;
        }

        private void remember(Drift.Kind kind, String id, long time) {
            planted.add(kind + " " + id + " " + time);
            plantedKeys.add(id + " " + time);
        }
    }
}

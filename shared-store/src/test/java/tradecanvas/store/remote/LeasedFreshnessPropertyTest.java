package tradecanvas.store.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.outbox.Freshness;
import tradecanvas.store.route.VirtualTime;

/**
 * A worker that keeps its side of the rule, a network that delays and loses, a mirror that is slow, hangs and recovers, and
 * restarts of the worker: whatever happens in which order, a series that is called current lacks nothing in the mirror that
 * was published.
 */
class LeasedFreshnessPropertyTest {
    private static final int STEPS = 4_000;
    private static final int MIRROR_WAIT_MS = 250;

    /** A shorter lease ends before the next answer, which takes 2 ms and is asked for every 10 ms at most. */
    private static final int LEASE_MS_FOR_CURRENT = 30;

    private static final List<SeriesId> SERIES = LongStream.range(0, 4)
            .mapToObj(i -> SeriesId.parse("a:b:s" + i + ":1m"))
            .toList();

    static List<Long> seeds() {
        long first = System.nanoTime();
        return LongStream.range(0, 300).mapToObj(i -> first + i).toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void currentSeriesLacksNothingThatWasPublished(long seed) {
        Run run = new Run(seed);
        for (int ms = 0; ms < STEPS; ms++) {
            run.millisecond();
        }
        run.calm();
    }

    /** One candle that was committed; the times are of the worker's clock. */
    private static final class Write {
        final SeriesId series;
        final long committedMs;
        final boolean recovered;
        boolean mirrored;
        boolean published;

        Write(SeriesId series, long committedMs, boolean recovered) {
            this.series = series;
            this.committedMs = committedMs;
            this.recovered = recovered;
        }
    }

    private static final class Run {
        final Random random;
        final VirtualTime time = new VirtualTime();
        final int leaseMs;
        final LeasedFreshness freshness;
        List<Write> writes = new ArrayList<>();
        long nowMs = 1_000;
        long epoch = 1;
        boolean workerIsDead;
        int mirrorSlowness = 20;
        int networkMs = 5;
        boolean losesAnswers = true;

        Run(long seed) {
            random = new Random(seed);
            leaseMs = random.nextInt(MIRROR_WAIT_MS);
            freshness = new LeasedFreshness(this::ask, LeasedFreshness.Pace.STANDARD, time, time::nanoTime).start();
        }

        void millisecond() {
            nowMs++;
            time.passMs(1);
            switch (random.nextInt(600)) {
                case 0 -> mirrorSlowness = 1 + random.nextInt(1_000); // mean ms until the mirror has a write
                case 1 -> networkMs = 1 + random.nextInt(200);
                case 2 -> kill();
                case 3 -> restart();
                default -> {}
            }
            if (!workerIsDead) {
                work();
            }
            check();
        }

        /** Everything works again; then the mirror must be used. */
        void calm() {
            mirrorSlowness = 1;
            networkMs = 1;
            losesAnswers = false;
            restart();
            for (int ms = 0; ms < 3_000; ms++) {
                nowMs++;
                time.passMs(1);
                mirrorSome();
                check();
            }
            if (leaseMs >= LEASE_MS_FOR_CURRENT) {
                assertThat(freshness.of(SERIES.getFirst())).isEqualTo(Freshness.CURRENT);
            }
        }

        private void work() {
            if (random.nextInt(20) == 0) {
                writes.add(new Write(SERIES.get(random.nextInt(SERIES.size())), nowMs, false));
            }
            mirrorSome();
            for (Write write : writes) {
                write.published |= write.mirrored || nowMs - write.committedMs >= MIRROR_WAIT_MS;
            }
            writes.removeIf(write -> write.mirrored);
        }

        /** In the order of the commits of a series. */
        private void mirrorSome() {
            Set<SeriesId> blocked = new HashSet<>();
            for (Write write : writes) {
                if (!blocked.contains(write.series) && random.nextInt(mirrorSlowness) == 0) {
                    write.mirrored = true;
                } else if (!write.mirrored) {
                    blocked.add(write.series);
                }
            }
            writes.removeIf(write -> write.mirrored);
        }

        private void kill() {
            workerIsDead = true;
        }

        /** What was pending may have been published before; the new worker calls it old. */
        private void restart() {
            workerIsDead = false;
            epoch++;
            List<Write> recovered = new ArrayList<>();
            for (Write write : writes) {
                Write again = new Write(write.series, write.committedMs, true);
                again.published = write.published;
                recovered.add(again);
            }
            writes = recovered;
        }

        private CompletionStage<MirrorLag> ask() {
            CompletableFuture<MirrorLag> answer = new CompletableFuture<>();
            int there = random.nextInt(networkMs + 1);
            int back = random.nextInt(networkMs + 1);
            time.after(Duration.ofMillis(there), () -> {
                if (workerIsDead) {
                    answer.completeExceptionally(new StoreUnavailableException(
                            "refused", new UnreachableException(new ConnectException("refused"))));
                } else if (losesAnswers && random.nextInt(20) == 0) {
                    time.after(
                            Duration.ofSeconds(1),
                            () -> answer.completeExceptionally(new StoreUnavailableException("lost")));
                } else {
                    MirrorLag lag = lag();
                    time.after(Duration.ofMillis(back), () -> answer.complete(lag));
                }
            });
            return answer;
        }

        private MirrorLag lag() {
            Set<String> behind = new HashSet<>();
            for (Write write : writes) {
                if (write.recovered || nowMs - write.committedMs > MIRROR_WAIT_MS - leaseMs) {
                    behind.add(write.series.text());
                }
            }
            return new MirrorLag(epoch, MirrorLag.State.UP, leaseMs, behind);
        }

        private void check() {
            for (SeriesId series : SERIES) {
                if (freshness.of(series) == Freshness.CURRENT) {
                    assertThat(writes)
                            .as("%s at %d ms", series, nowMs)
                            .noneMatch(write -> write.series.equals(series) && write.published && !write.mirrored);
                }
            }
        }
    }
}

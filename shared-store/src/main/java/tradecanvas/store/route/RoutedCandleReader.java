package tradecanvas.store.route;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.GapSummary;
import tradecanvas.store.api.SeriesExtent;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreOverloadedException;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.outbox.Freshness;
import tradecanvas.store.outbox.MirrorFreshness;
import tradecanvas.store.route.RouteCounters.Route;

/**
 * Reads the mirror where that cannot show less than was published, and the truth otherwise.
 *
 * <p>A mirror that is current answers; when it fails, or is held off after a failure, the truth does. Where nobody knows
 * whether it is current, the truth is asked first and the mirror only if the truth is unavailable. Where it is behind, the
 * truth alone answers, or the read fails. A read is answered once, by whichever store it was waiting for.
 *
 * <p>Threads: any; stages complete on the threads of the store that answered, or on those of the delays. Errors: those of
 * the truth; where both were asked for want of an answer, those of the one that was asked last.
 */
public final class RoutedCandleReader implements CandleReader {
    /**
     * How long each store may take before the other one is asked.
     *
     * @param mirrorMax for a read of the mirror; more than the mirror's own timeout, which says better what went wrong
     * @param truthFirstMax for a read of the truth where the mirror is the second choice
     */
    public record Waits(Duration mirrorMax, Duration truthFirstMax) {
        public static final Waits STANDARD = new Waits(Duration.ofMillis(1_500), Duration.ofSeconds(1));

        public Waits {
            if (mirrorMax.toNanos() < 1 || truthFirstMax.toNanos() < 1) {
                throw new IllegalArgumentException(
                        "waits " + mirrorMax + " and " + truthFirstMax + " must be positive");
            }
        }
    }

    private final CandleReader mirror;
    private final CandleReader truth;
    private final MirrorFreshness freshness;
    private final MirrorBreaker breaker;
    private final Delays delays;
    private final Waits waits;
    private final RouteCounters counters = new RouteCounters();

    public RoutedCandleReader(
            CandleReader mirror,
            CandleReader truth,
            MirrorFreshness freshness,
            MirrorBreaker breaker,
            Delays delays,
            Waits waits) {
        this.mirror = mirror;
        this.truth = truth;
        this.freshness = freshness;
        this.breaker = breaker;
        this.delays = delays;
        this.waits = waits;
    }

    @Override
    public CompletionStage<CandlePage> newest(SeriesId series, int limit) {
        return read(series, store -> store.newest(series, limit));
    }

    @Override
    public CompletionStage<CandlePage> after(SeriesId series, long since, int limit) {
        return read(series, store -> store.after(series, since, limit));
    }

    @Override
    public CompletionStage<List<Candle>> range(SeriesId series, long from, long to, int limit) {
        return read(series, store -> store.range(series, from, to, limit));
    }

    @Override
    public CompletionStage<Long> count(SeriesId series, long from, long to) {
        return read(series, store -> store.count(series, from, to));
    }

    @Override
    public CompletionStage<SeriesExtent> extent(SeriesId series) {
        return read(series, store -> store.extent(series));
    }

    @Override
    public CompletionStage<GapSummary> gaps(SeriesId series, int recentLimit) {
        return read(series, store -> store.gaps(series, recentLimit));
    }

    public RouteCounters counters() {
        return counters;
    }

    private <T> CompletionStage<T> read(SeriesId series, Function<CandleReader, CompletionStage<T>> query) {
        long term = breaker.term();
        return switch (freshness.of(series)) {
            case CURRENT ->
                term == MirrorBreaker.HELD_OFF ? truth(Route.TRUTH_HELD_OFF, query) : mirrorThenTruth(term, query);
            case BEHIND -> truth(Route.TRUTH_BEHIND, query);
            case UNKNOWN ->
                term == MirrorBreaker.HELD_OFF
                        ? truth(Route.TRUTH_UNKNOWN, query)
                        : truthThenMirror(series, term, query);
        };
    }

    private <T> CompletionStage<T> truth(Route route, Function<CandleReader, CompletionStage<T>> query) {
        counters.count(route);
        return query.apply(truth);
    }

    private <T> CompletionStage<T> mirrorThenTruth(long term, Function<CandleReader, CompletionStage<T>> query) {
        return mirror(Route.MIRROR, term, query)
                .exceptionallyCompose(failure -> cause(failure) instanceof StoreException
                        ? truth(Route.TRUTH_FAILED, query)
                        : CompletableFuture.failedStage(failure));
    }

    private <T> CompletionStage<T> truthThenMirror(
            SeriesId series, long term, Function<CandleReader, CompletionStage<T>> query) {
        return within(waits.truthFirstMax(), "truth", truth(Route.TRUTH_UNKNOWN, query))
                .exceptionallyCompose(failure -> {
                    // more may be known by now
                    boolean mirrorMay = freshness.of(series) != Freshness.BEHIND;
                    return mirrorMay && cause(failure) instanceof StoreUnavailableException
                            ? mirror(Route.MIRROR_LAST, term, query)
                            : CompletableFuture.failedStage(failure);
                });
    }

    private <T> CompletionStage<T> mirror(Route route, long term, Function<CandleReader, CompletionStage<T>> query) {
        counters.count(route);
        return within(waits.mirrorMax(), "mirror", query.apply(mirror)).whenComplete((_, failure) -> {
            if (failure != null && countsAgainstMirror(cause(failure))) {
                breaker.failed(term, cause(failure));
            }
        });
    }

    /** A mirror that refuses for overload works: each read that it takes is one that the truth is spared. */
    private static boolean countsAgainstMirror(Throwable failure) {
        return failure instanceof StoreException && !(failure instanceof StoreOverloadedException);
    }

    /** The answer of a store, or a failure once it has taken too long; what comes after that is dropped. */
    private <T> CompletionStage<T> within(Duration max, String store, CompletionStage<T> answer) {
        CompletableFuture<T> promise = new CompletableFuture<>();
        Runnable callOff = delays.after(
                max,
                () -> promise.completeExceptionally(
                        new StoreUnavailableException(store + " did not answer within " + max.toMillis() + " ms")));
        var _ = answer.whenComplete((value, failure) -> {
            callOff.run();
            if (failure == null) {
                promise.complete(value);
            } else {
                promise.completeExceptionally(cause(failure));
            }
        });
        return promise;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}

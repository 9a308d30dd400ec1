package tradecanvas.store.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;

/** What any store of candles must do; the tests of each adapter inherit it and give it an empty store. */
public abstract class CandleStoreContract {
    private static final SeriesId SERIES = SeriesId.parse("binance:futures:BTC/USDT:1m");
    private static final SeriesId OTHER = SeriesId.parse("binance:futures:ETH/USDT:1m");
    private static final long WAIT_SECONDS_MAX = 30;

    protected abstract CandleWriter writer();

    protected abstract CandleReader reader();

    @Test
    void emptySeriesHasNoCandlesAndNoHead() {
        assertThat(await(reader().newest(SERIES, 10))).isEqualTo(CandlePage.EMPTY);
        assertThat(await(reader().after(SERIES, 0, 10))).isEqualTo(CandlePage.EMPTY);
        assertThat(await(reader().range(SERIES, Long.MIN_VALUE, Long.MAX_VALUE, 10)))
                .isEmpty();
        assertThat(await(reader().count(SERIES, Long.MIN_VALUE, Long.MAX_VALUE)))
                .isZero();
        assertThat(await(reader().extent(SERIES))).isEqualTo(new SeriesExtent(null, null, 0));
        assertThat(await(reader().gaps(SERIES, 10))).isEqualTo(new GapSummary(0, 0, List.of()));
    }

    @Test
    void newestGivesTheEndOfTheSeriesAscending() {
        save(SERIES, 60, 120, 180, 240);
        CandlePage page = await(reader().newest(SERIES, 3));
        assertThat(times(page.candles())).containsExactly(120L, 180L, 240L);
        assertThat(page.head()).isEqualTo(240L);
    }

    @Test
    void afterGivesTheOldestBeyondATimeAndTheHeadOfTheSeries() {
        save(SERIES, 60, 120, 180, 240);
        CandlePage page = await(reader().after(SERIES, 60, 2));
        assertThat(times(page.candles())).containsExactly(120L, 180L);
        assertThat(page.head()).isEqualTo(240L);
    }

    @Test
    void afterTheHeadNothingIsLeftButTheHeadIsKnown() {
        save(SERIES, 60, 120);
        assertThat(await(reader().after(SERIES, 120, 10))).isEqualTo(new CandlePage(List.of(), 120L));
    }

    @Test
    void rangeHoldsBothItsEndsAndStopsAtTheLimit() {
        save(SERIES, 60, 120, 180, 240);
        assertThat(times(await(reader().range(SERIES, 60, 180, 10)))).containsExactly(60L, 120L, 180L);
        assertThat(times(await(reader().range(SERIES, 60, 240, 2)))).containsExactly(60L, 120L);
        assertThat(await(reader().range(SERIES, 180, 60, 10))).isEmpty();
    }

    @Test
    void countHoldsBothEndsOfItsRange() {
        save(SERIES, 60, 120, 180, 240);
        assertThat(await(reader().count(SERIES, 120, 240))).isEqualTo(3L);
    }

    @Test
    void extentGivesFirstHeadAndCount() {
        save(SERIES, 60, 120, 240);
        assertThat(await(reader().extent(SERIES))).isEqualTo(new SeriesExtent(60L, 240L, 3));
    }

    @Test
    void limitOfZeroGivesNoCandlesButTheHead() {
        save(SERIES, 60);
        CandlePage onlyHead = new CandlePage(List.of(), 60L);
        assertThat(await(reader().newest(SERIES, 0))).isEqualTo(onlyHead);
        assertThat(await(reader().after(SERIES, 0, 0))).isEqualTo(onlyHead);
        assertThat(await(reader().range(SERIES, 0, 100, 0))).isEmpty();
    }

    @Test
    void negativeLimitIsAMistakeOfTheCaller() {
        assertThatThrownBy(() -> reader().newest(SERIES, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void gapsAreCountedAndTheNewestListed() {
        save(SERIES, 60, 120, 300, 360, 600, 840);
        assertThat(await(reader().gaps(SERIES, 2)))
                .isEqualTo(new GapSummary(3, 240, List.of(new GapSummary.Gap(600, 840), new GapSummary.Gap(360, 600))));
        assertThat(await(reader().gaps(SERIES, 0))).isEqualTo(new GapSummary(3, 240, List.of()));
    }

    @Test
    void gapIsMeasuredByTheTimeframeOfItsSeries() {
        SeriesId hours = SeriesId.parse("binance:futures:BTC/USDT:1h");
        save(hours, 3_600, 5_400, 7_200, 14_400);
        assertThat(await(reader().gaps(hours, 10)))
                .isEqualTo(new GapSummary(1, 7_200, List.of(new GapSummary.Gap(7_200, 14_400))));
    }

    @Test
    void savingACandleAgainOverwritesAllItsValues() {
        await(writer().save(List.of(unit(SERIES, new Candle(60, 1, 2, 3, 4, 5)))));
        Candle changed = new Candle(60, 6, 7, 8, 9, 10);
        await(writer().save(List.of(unit(SERIES, changed))));
        assertThat(await(reader().newest(SERIES, 10)).candles()).containsExactly(changed);
    }

    @Test
    void ofOneUnitsTwoCandlesOfATimeTheLaterWins() {
        Candle later = new Candle(60, 6, 7, 8, 9, 10);
        await(writer().save(List.of(unit(SERIES, new Candle(60, 1, 2, 3, 4, 5)), unit(SERIES, later))));
        assertThat(await(reader().newest(SERIES, 10)).candles()).containsExactly(later);
    }

    @Test
    void seriesDoNotMix() {
        await(writer().save(List.of(unit(SERIES, candle(60), candle(120)), unit(OTHER, candle(60)))));
        assertThat(await(reader().extent(SERIES)).count()).isEqualTo(2);
        assertThat(times(await(reader().newest(OTHER, 10)).candles())).containsExactly(60L);
    }

    @Test
    void unitOfNothingIsSaved() {
        await(writer().save(List.of()));
        assertThat(await(reader().newest(SERIES, 1))).isEqualTo(CandlePage.EMPTY);
    }

    @Test
    void deletedTimesAreGoneAndOthersStay() {
        save(SERIES, 60, 120, 180, 240);
        save(OTHER, 120);
        await(writer().delete(SERIES, List.of(120L, 240L, 999L)));
        assertThat(times(await(reader().newest(SERIES, 10)).candles())).containsExactly(60L, 180L);
        assertThat(await(reader().newest(SERIES, 10)).head()).isEqualTo(180L);
        assertThat(times(await(reader().newest(OTHER, 10)).candles())).containsExactly(120L);
        await(writer().delete(SERIES, List.of()));
        assertThat(await(reader().extent(SERIES))).isEqualTo(new SeriesExtent(60L, 180L, 2));
    }

    @Test
    void trimKeepsTheNewest() {
        save(SERIES, 60, 120, 180, 240);
        save(OTHER, 60);
        await(writer().trim(SERIES, 2));
        assertThat(times(await(reader().newest(SERIES, 10)).candles())).containsExactly(180L, 240L);
        await(writer().trim(SERIES, 2));
        await(writer().trim(OTHER, 5));
        assertThat(await(reader().extent(SERIES)).count()).isEqualTo(2);
        assertThat(await(reader().extent(OTHER)).count()).isEqualTo(1);
    }

    @Test
    void trimToLessThanOneIsAMistakeOfTheCaller() {
        assertThatThrownBy(() -> writer().trim(SERIES, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deletedCandleCanBeSavedAgain() {
        save(SERIES, 60, 120);
        await(writer().delete(SERIES, List.of(120L)));
        save(SERIES, 120);
        assertThat(times(await(reader().newest(SERIES, 10)).candles())).containsExactly(60L, 120L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 63, 64, 65, 137, 1_000})
    void everyRowOfAUnitOfAnyLengthIsThere(int rows) {
        long[] times = LongStream.rangeClosed(1, rows).map(i -> i * 60).toArray();
        save(SERIES, times);
        assertThat(times(await(reader().range(SERIES, 0, Long.MAX_VALUE, rows + 1))))
                .containsExactlyElementsOf(LongStream.of(times).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.MIN_VALUE,
                -Double.MIN_VALUE,
                Double.MIN_NORMAL,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                0.0,
                0.1,
                0.0000005,
                64_000,
                1e15,
                9_007_199_254_740_992.0,
                0x1p63,
                -5
            })
    void valuesComeBackBitByBit(double value) {
        await(writer().save(List.of(unit(SERIES, new Candle(60, value, value, value, value, value)))));
        Candle read = await(reader().newest(SERIES, 1)).candles().getFirst();
        long[] bits = {bits(read.open()), bits(read.high()), bits(read.low()), bits(read.close()), bits(read.volume())};
        assertThat(bits).containsOnly(bits(value));
    }

    @Test
    void timesReachFromTheSmallestToTheLargestLong() {
        save(SERIES, Long.MIN_VALUE, -60, 0, Long.MAX_VALUE);
        assertThat(await(reader().extent(SERIES))).isEqualTo(new SeriesExtent(Long.MIN_VALUE, Long.MAX_VALUE, 4));
        assertThat(await(reader().gaps(SERIES, 0))).isEqualTo(new GapSummary(2, Long.MAX_VALUE, List.of()));
    }

    @Test
    void seriesIdsAreKeptApartAsWritten() {
        List<SeriesId> lookAlike = IntStream.of('a', 'A', 0xe9, 0x4e2d, ' ', '%', '_', '\'', '"', '?')
                .mapToObj(character -> SeriesId.parse("x" + (char) character + ":1m"))
                .collect(ArrayList::new, List::add, List::addAll);
        lookAlike.add(SeriesId.parse("xe\u0301:1m")); // e and a combining accent
        lookAlike.add(SeriesId.parse("x\uD83D\uDE00:1m"));
        lookAlike.add(SeriesId.parse("x: 1m"));
        lookAlike.add(SeriesId.parse("x:60m"));
        assertKeptApart(lookAlike);
    }

    /** Each series gets another time, then each must have that one and no other. */
    protected final void assertKeptApart(List<SeriesId> lookAlike) {
        for (int i = 0; i < lookAlike.size(); i++) {
            save(lookAlike.get(i), 60L * (i + 1));
        }
        for (int i = 0; i < lookAlike.size(); i++) {
            CandlePage page = await(reader().newest(lookAlike.get(i), 10));
            assertThat(times(page.candles())).as(lookAlike.get(i).text()).containsExactly(60L * (i + 1));
        }
    }

    @Test
    void whatIsAcknowledgedIsSeenByEveryLaterRead() {
        for (long time = 60; time <= 60 * 200; time += 60) {
            save(SERIES, time);
            assertThat(await(reader().newest(SERIES, 1)).head()).isEqualTo(time);
        }
    }

    @Test
    void pageAndHeadBelongToOneStateWhileTheSeriesGrows() {
        CompletableFuture<Void> growing = CompletableFuture.runAsync(() -> {
            for (long time = 60; time <= 60 * 500; time += 60) {
                save(SERIES, time);
            }
        });
        long since = 0;
        while (!growing.isDone()) {
            CandlePage page = await(reader().after(SERIES, since, 1_000));
            if (!page.candles().isEmpty()) {
                assertThat(page.head()).isEqualTo(page.candles().getLast().openTime());
                since = page.candles().getLast().openTime();
            } else if (since > 0) {
                assertThat(page.head()).isEqualTo(since);
            }
        }
        await(growing);
    }

    @Test
    void unitIsSeenWholeOrNotAtAll() {
        CompletableFuture<Void> saving = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 200; i++) {
                save(
                        SERIES,
                        LongStream.range(i * 10L, i * 10L + 10).map(n -> n * 60).toArray());
            }
        });
        while (!saving.isDone()) {
            assertThat(await(reader().count(SERIES, Long.MIN_VALUE, Long.MAX_VALUE)) % 10)
                    .isZero();
        }
        await(saving);
    }

    @Test
    void stagesCompleteInTheOrderOfTheCalls() {
        List<Integer> completed = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<?>> saves = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            saves.add(writer().save(List.of(unit(SERIES, candle(60L * (i + 1)))))
                    .thenRun(() -> completed.add(number))
                    .toCompletableFuture());
        }
        await(CompletableFuture.allOf(saves.toArray(CompletableFuture[]::new)));
        assertThat(completed)
                .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
    }

    protected final void save(SeriesId series, long... times) {
        Candle[] candles =
                LongStream.of(times).mapToObj(CandleStoreContract::candle).toArray(Candle[]::new);
        await(writer().save(List.of(unit(series, candles))));
    }

    public static SeriesCandles unit(SeriesId series, Candle... candles) {
        return new SeriesCandles(series, List.of(candles));
    }

    /** A candle whose values follow from its time. */
    public static Candle candle(long time) {
        double close = 100 + time % 977 * 0.1;
        return new Candle(time, close - 0.5, close + 1, close - 1, close, 10);
    }

    public static List<Long> times(List<Candle> candles) {
        return candles.stream().map(Candle::openTime).toList();
    }

    public static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }

    /** Why the stage failed; fails itself where it did not. */
    public static Throwable failureOf(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        assertThat(future).failsWithin(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        Throwable failure = future.exceptionNow();
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}

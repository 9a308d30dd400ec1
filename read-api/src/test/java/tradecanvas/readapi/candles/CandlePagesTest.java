package tradecanvas.readapi.candles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.GapSummary;
import tradecanvas.store.api.SeriesExtent;
import tradecanvas.store.api.SeriesVersions;
import tradecanvas.store.api.StoreUnavailableException;

class CandlePagesTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");
    private static final OptionalLong NEWEST = OptionalLong.empty();

    private record Config(long readCacheBytesMax, int readCacheMs) implements PageCacheConfig {}

    private final FakeReader reader = new FakeReader();
    private long version = 1;
    private final CandlePages pages =
            new CandlePages(reader, _ -> OptionalLong.of(version), new Config(1 << 20, 60_000));

    @Test
    void answerIsTheContractsBody() {
        CompletableFuture<EncodedPage> answer = read(pages, NEWEST, 10);
        reader.answer(60);
        assertThat(new String(answer.join().body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"series_id\":\"a:b:c:1m\",\"server_head_time\":60,\"candles\":[{\"candle_time\":60,"
                        + "\"open\":1.0,\"high\":2.0,\"low\":0.5,\"close\":1.5,\"volume\":10.0}]}");
    }

    @Test
    void equalReadsOfAnUnchangedSeriesShareOneAnswerAlsoWhileItIsRead() {
        CompletableFuture<EncodedPage> first = read(pages, NEWEST, 10);
        CompletableFuture<EncodedPage> second = read(pages, NEWEST, 10);
        reader.answer(60);
        assertThat(second.join()).isSameAs(first.join());
        assertThat(read(pages, NEWEST, 10).join()).isSameAs(first.join());
        assertThat(reader.asked).isEqualTo(1);
    }

    @Test
    void changedSeriesIsReadAgain() {
        var _ = read(pages, NEWEST, 10);
        reader.answer(60);
        version = 2;
        CompletableFuture<EncodedPage> after = read(pages, NEWEST, 10);
        assertThat(after).isNotDone();
        reader.answer(120);
        assertThat(after.join().head()).isEqualTo(120);
    }

    @Test
    void readThatTookLongerThanAChangeIsNotGivenToLaterReaders() {
        CompletableFuture<EncodedPage> slow = read(pages, NEWEST, 10);
        version = 2;
        CompletableFuture<EncodedPage> later = read(pages, NEWEST, 10);
        reader.answer(60);
        reader.answer(120);
        assertThat(slow.join().head()).isEqualTo(60);
        assertThat(later.join().head()).isEqualTo(120);
        assertThat(read(pages, NEWEST, 10).join().head()).isEqualTo(120);
    }

    @Test
    void otherParametersAreOtherAnswers() {
        var _ = read(pages, NEWEST, 10);
        var _ = read(pages, NEWEST, 11);
        var _ = read(pages, OptionalLong.of(0), 10);
        var _ = read(pages, OptionalLong.of(60), 10);
        assertThat(reader.asked).isEqualTo(4);
    }

    @Test
    void failureIsNotKept() {
        CompletableFuture<EncodedPage> failed = read(pages, NEWEST, 10);
        reader.waiting.removeFirst().completeExceptionally(new StoreUnavailableException("away"));
        assertThat(failed).isCompletedExceptionally();
        CompletableFuture<EncodedPage> again = read(pages, NEWEST, 10);
        reader.answer(60);
        assertThat(again.join().head()).isEqualTo(60);
    }

    @Test
    void whereChangesAreNotKnownNothingIsShared() {
        CandlePages unshared = new CandlePages(reader, SeriesVersions.UNKNOWN, new Config(1 << 20, 60_000));
        var _ = read(unshared, NEWEST, 10);
        var _ = read(unshared, NEWEST, 10);
        assertThat(reader.asked).isEqualTo(2);
    }

    @Test
    void cacheOfNoBytesKeepsNothing() {
        CandlePages none = new CandlePages(reader, _ -> OptionalLong.of(1), new Config(0, 60_000));
        for (int i = 1; i <= 3; i++) {
            CompletableFuture<EncodedPage> answer = read(none, NEWEST, 10);
            reader.answer(60);
            answer.join();
            assertThat(reader.asked).isEqualTo(i);
        }
    }

    private static CompletableFuture<EncodedPage> read(CandlePages pages, OptionalLong since, int limit) {
        return pages.read(SERIES, since, limit).toCompletableFuture();
    }

    /** A store that answers when the test says so. */
    private static final class FakeReader implements CandleReader {
        private final List<CompletableFuture<CandlePage>> waiting = new ArrayList<>();
        private int asked;

        void answer(long time) {
            waiting.removeFirst().complete(new CandlePage(List.of(new Candle(time, 1, 2, 0.5, 1.5, 10)), time));
        }

        @Override
        public CompletionStage<CandlePage> newest(SeriesId series, int limit) {
            asked++;
            CompletableFuture<CandlePage> page = new CompletableFuture<>();
            waiting.addLast(page);
            return page;
        }

        @Override
        public CompletionStage<CandlePage> after(SeriesId series, long since, int limit) {
            return newest(series, limit);
        }

        @Override
        public CompletionStage<List<Candle>> range(SeriesId series, long from, long to, int limit) {
            throw new UnsupportedOperationException("pages are not ranges");
        }

        @Override
        public CompletionStage<Long> count(SeriesId series, long from, long to) {
            throw new UnsupportedOperationException("pages are not counts");
        }

        @Override
        public CompletionStage<SeriesExtent> extent(SeriesId series) {
            throw new UnsupportedOperationException("pages are no extents");
        }

        @Override
        public CompletionStage<GapSummary> gaps(SeriesId series, int recentLimit) {
            throw new UnsupportedOperationException("pages are no gaps");
        }
    }
}

package tradecanvas.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandleWriter;
import tradecanvas.store.api.StoreOverloadedException;

class IngestPipelineTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");
    private static final int ROWS_MAX = 3;

    private final FakeWriter writer = new FakeWriter();
    private final List<FeedEvent> published = new ArrayList<>();
    /** Where the mirror of what is durable is; here it has everything unless a test says otherwise. */
    private CompletableFuture<Void> mirror = CompletableFuture.completedFuture(null);

    private final IngestPipeline pipeline = new IngestPipeline(writer, published::add, this::mirrored, ROWS_MAX);

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void runIsPublishedOnceItIsDurableAndThenAnswered() {
        CompletableFuture<Void> answer = ingest(true, 100);
        assertThat(answer).isNotDone();
        assertThat(published).isEmpty();
        writer.commit();
        answer.join();
        assertThat(published).containsExactly(new FeedEvent.Closed(SERIES, candle(100)));
    }

    @Test
    void durableRunIsHeldBackUntilItsMirrorHasIt() {
        mirror = new CompletableFuture<>();
        CompletableFuture<Void> answer = ingest(true, 100);
        writer.commit();
        assertThat(answer).isNotDone();
        assertThat(published).isEmpty();
        mirror.complete(null);
        answer.join();
        assertThat(published).containsExactly(new FeedEvent.Closed(SERIES, candle(100)));
    }

    @Test
    void severalCandlesArePublishedAsABatchAndUnpublishedRunsNotAtAll() {
        CompletableFuture<Void> silent = ingest(false, 40);
        CompletableFuture<Void> batch = ingest(true, 100, 160);
        writer.commit();
        writer.commit();
        silent.join();
        batch.join();
        assertThat(published).containsExactly(new FeedEvent.ClosedBatch(SERIES, List.of(candle(100), candle(160))));
    }

    @Test
    void runThatTheStoreDidNotTakeNamesItsStepAndPublishesNothing() {
        CompletableFuture<Void> answer = ingest(true, 100);
        writer.fail(new IllegalStateException("disk full"));
        assertThat(answer)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(PipelineException.class)
                .withMessageContaining("ingest_pipeline_failed:store.upsert_many_closed:a:b:c:1m");
        assertThat(published).isEmpty();
        assertThat(pipeline.failedRuns()).isEqualTo(1);
    }

    @Test
    void runsPastTheBoundAreRefusedUntilOthersAreAnswered() {
        CompletableFuture<Void> first = ingest(true, 100, 160);
        assertThat(ingest(true, 220, 280)).isCompletedExceptionally();
        assertThat(pipeline.refusedRuns()).isEqualTo(1);
        writer.commit();
        first.join();
        CompletableFuture<Void> large = ingest(true, 220, 280, 340, 400);
        assertThat(large).as("a run beyond the bound may go alone").isNotDone();
        writer.commit();
        large.join();
    }

    @Test
    void overloadOfTheStoreStaysRecognisable() {
        CompletableFuture<Void> answer = ingest(true, 100);
        writer.fail(new CompletionException(new StoreOverloadedException("full")));
        assertThat(answer)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(StoreOverloadedException.class);
    }

    private CompletableFuture<Void> ingest(boolean publish, long... times) {
        List<Candle> candles =
                Arrays.stream(times).mapToObj(IngestPipelineTest::candle).toList();
        return pipeline.ingest(SeriesCandles.of(SERIES, candles), publish).toCompletableFuture();
    }

    private static Candle candle(long time) {
        return new Candle(time, 1, 2, 0.5, 1.5, 10);
    }

    private CompletionStage<Void> mirrored() {
        return mirror;
    }

    /** A store that commits when the test says so. */
    private static final class FakeWriter implements CandleWriter {
        private final ArrayDeque<CompletableFuture<Void>> waiting = new ArrayDeque<>();

        @Override
        public CompletionStage<Void> save(List<SeriesCandles> unit) {
            CompletableFuture<Void> saved = new CompletableFuture<>();
            waiting.add(saved);
            return saved;
        }

        @Override
        public CompletionStage<Void> delete(SeriesId series, Collection<Long> times) {
            throw new UnsupportedOperationException("the pipeline deletes nothing");
        }

        @Override
        public CompletionStage<Void> trim(SeriesId series, int newest) {
            throw new UnsupportedOperationException("the pipeline trims nothing");
        }

        void commit() {
            waiting.remove().complete(null);
        }

        void fail(Throwable failure) {
            waiting.remove().completeExceptionally(failure);
        }
    }
}

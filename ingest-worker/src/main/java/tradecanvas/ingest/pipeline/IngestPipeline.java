package tradecanvas.ingest.pipeline;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.bus.CandlePublisher;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandleWriter;
import tradecanvas.store.api.StoreOverloadedException;

/**
 * Takes closed candles to the store and then to the bus.
 *
 * <p>A run is published once it is durable and its mirror has it or was waited for, by one thread, in the order in which
 * the store took the runs: while it publishes, the store commits the next group. A run that failed publishes nothing.
 * Threads: any may call.
 */
public final class IngestPipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IngestPipeline.class);
    private static final int CLOSE_WAIT_S = 5;

    private final CandleWriter writer;
    private final CandlePublisher publisher;
    private final Supplier<CompletionStage<Void>> mirrored;
    private final int rowsUnderWayMax;
    /** Held while a run is handed to the store, so that runs go on from there in the order in which it took them. */
    private final Object order = new Object();

    private final AtomicInteger rowsUnderWay = new AtomicInteger();
    private final LongAdder candles = new LongAdder();
    private final LongAdder failedRuns = new LongAdder();
    private final LongAdder refusedRuns = new LongAdder();
    private final ExecutorService publishing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("publish").factory());

    /**
     * @param mirrored asked when a run is durable, in their order; completes in that order when it may be published
     * @param rowsUnderWayMax candles accepted and not answered yet; past it runs are refused, unless none is under way
     */
    public IngestPipeline(
            CandleWriter writer,
            CandlePublisher publisher,
            Supplier<CompletionStage<Void>> mirrored,
            int rowsUnderWayMax) {
        this.writer = writer;
        this.publisher = publisher;
        this.mirrored = mirrored;
        this.rowsUnderWayMax = rowsUnderWayMax;
    }

    /**
     * Saves the candles in one atomic unit and publishes them.
     *
     * <p>The stage completes after publishing, on the publishing thread. Errors: {@link StoreOverloadedException},
     * {@link PipelineException}.
     */
    public CompletionStage<Void> ingest(SeriesCandles run, boolean publish) {
        int rows = run.candles().size();
        int before = rowsUnderWay.getAndAdd(rows);
        if (before > 0 && before + rows > rowsUnderWayMax) {
            rowsUnderWay.addAndGet(-rows);
            refusedRuns.increment();
            return CompletableFuture.failedFuture(
                    new StoreOverloadedException(before + " candles under way, at most " + rowsUnderWayMax));
        }
        synchronized (order) {
            return writer.save(List.of(run))
                    .thenCompose(_ -> mirrored.get())
                    .handleAsync(
                            (_, failure) -> {
                                rowsUnderWay.addAndGet(-rows);
                                finish(run, publish, failure);
                                return null;
                            },
                            publishing);
        }
    }

    /** Publishes the bar that is still moving; the stage completes after publishing. */
    public CompletionStage<Void> showForming(SeriesId series, Candle candle) {
        return CompletableFuture.runAsync(() -> publish(new FeedEvent.Forming(series, candle)), publishing);
    }

    /** Candles saved since the start. */
    public long candles() {
        return candles.sum();
    }

    /** Candles accepted and not answered yet. */
    public int rowsUnderWay() {
        return rowsUnderWay.get();
    }

    /** Runs that the store did not take. */
    public long failedRuns() {
        return failedRuns.sum();
    }

    /** Runs refused at the bound. */
    public long refusedRuns() {
        return refusedRuns.sum();
    }

    /** Publishes what is durable already, then stops. */
    @Override
    public void close() {
        publishing.shutdown();
        try {
            if (!publishing.awaitTermination(CLOSE_WAIT_S, TimeUnit.SECONDS)) {
                LOG.warn("publishing not finished seconds={}", CLOSE_WAIT_S);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish(SeriesCandles run, boolean publish, @Nullable Throwable failure) {
        if (failure == null) {
            candles.add(run.candles().size());
            if (publish) {
                publish(event(run));
            }
            return;
        }
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof StoreOverloadedException overloaded) {
            refusedRuns.increment();
            throw overloaded;
        }
        failedRuns.increment();
        throw new PipelineException(PipelineException.STEP_STORE, run.series(), cause);
    }

    private static FeedEvent event(SeriesCandles run) {
        return run.candles().size() == 1
                ? new FeedEvent.Closed(run.series(), run.last())
                : new FeedEvent.ClosedBatch(run.series(), run.candles());
    }

    /** The candles are stored: a bus that fails is not the poster's failure, and gateways heal from the store. */
    private void publish(FeedEvent event) {
        try {
            publisher.publish(event);
        } catch (RuntimeException failure) {
            LOG.error("publish failed series={}", event.series(), failure);
        }
    }
}

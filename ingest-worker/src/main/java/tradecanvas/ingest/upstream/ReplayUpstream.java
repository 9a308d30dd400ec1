package tradecanvas.ingest.upstream;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.ingest.pipeline.IngestPipeline;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandleReader;

/**
 * Feeds recorded candles through the pipeline as if an exchange sent them.
 *
 * <p>A candle that the store did not take is offered again with the next tick. One thread owns all replays.
 */
public final class ReplayUpstream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayUpstream.class);
    private static final int TICK_MS_MIN = 20;
    private static final int CANDLES_PER_RUN_MAX = 1000;

    private record Source(RecordedCandles recorded, Replay replay) {}

    private final IngestPipeline pipeline;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("replay").factory());
    private final List<Source> sources;

    private ReplayUpstream(IngestPipeline pipeline, List<Source> sources) {
        this.pipeline = pipeline;
        this.sources = sources;
    }

    /** Reads the files and the heads of their series; {@link #start} starts the feed. */
    public static ReplayUpstream open(
            UpstreamConfig config, IngestPipeline pipeline, CandleReader reader, InstantSource clock)
            throws IOException, InterruptedException, ExecutionException {
        List<Source> sources = new ArrayList<>();
        for (String file : config.upstreamReplayFiles()) {
            RecordedCandles recorded = RecordedCandles.load(file);
            Long head =
                    reader.extent(recorded.series()).toCompletableFuture().get().head();
            Replay replay = new Replay(
                    recorded, clock, config.upstreamReplaySpeed(), head, config.upstreamReplayHistoryCandles());
            sources.add(new Source(recorded, replay));
            LOG.info("replay opened series={} speed={} head={}", recorded.series(), config.upstreamReplaySpeed(), head);
        }
        return new ReplayUpstream(pipeline, sources);
    }

    /** Fills in the history, then ticks. */
    public void start(int formingIntervalMs) {
        int tickMs = Math.max(TICK_MS_MIN, formingIntervalMs);
        var _ = thread.scheduleWithFixedDelay(this::tick, 0, tickMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void tick() {
        for (Source source : sources) {
            SeriesId series = source.recorded().series();
            try {
                feed(series, source.replay());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException | RuntimeException failure) {
                LOG.warn("replay tick failed, to be repeated series={}", series, failure);
            }
        }
    }

    private void feed(SeriesId series, Replay replay) throws InterruptedException, ExecutionException {
        for (List<Candle> closed = replay.closed(CANDLES_PER_RUN_MAX);
                !closed.isEmpty();
                closed = replay.closed(CANDLES_PER_RUN_MAX)) {
            pipeline.ingest(SeriesCandles.of(series, closed), true)
                    .toCompletableFuture()
                    .get();
            replay.confirm(closed.getLast().openTime());
        }
        Candle forming = replay.forming();
        if (forming != null) {
            pipeline.showForming(series, forming).toCompletableFuture().get();
        }
    }
}

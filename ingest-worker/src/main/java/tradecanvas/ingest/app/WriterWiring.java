package tradecanvas.ingest.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tradecanvas.ingest.mirror.MirrorSwitch;
import tradecanvas.ingest.mirror.Mirroring;
import tradecanvas.ingest.pipeline.IngestPipeline;
import tradecanvas.ingest.upstream.ReplayUpstream;
import tradecanvas.ingest.upstream.UpstreamConfig;
import tradecanvas.model.bus.CandlePublisher;
import tradecanvas.store.sqlite.SqliteStore;

/** Runs the pipeline and the upstream on the store of record, and closes them in the opposite order. */
@Singleton
public final class WriterWiring {
    private static final int SHUTDOWN_ORDER_UPSTREAM = StoreWiring.SHUTDOWN_ORDER_LAST - 20;
    /** Behind the store, which first answers what it has accepted. */
    private static final int SHUTDOWN_ORDER_PIPELINE = StoreWiring.SHUTDOWN_ORDER_LAST + 10;

    private final UpstreamConfig upstreamConfig;
    private final InstantSource clock;
    private final SqliteStore store;
    private final IngestPipeline pipeline;
    private @Nullable ReplayUpstream replay;

    WriterWiring(
            WriterConfig config,
            UpstreamConfig upstreamConfig,
            SqliteStore store,
            MirrorSwitch mirror,
            InstantSource clock,
            CandlePublisher publisher) {
        this.upstreamConfig = upstreamConfig;
        this.clock = clock;
        this.store = store;
        Mirroring mirroring = mirror.mirroring();
        this.pipeline = new IngestPipeline(
                store.writer(),
                publisher,
                mirroring == null ? () -> CompletableFuture.completedStage(null) : mirroring::mirrored,
                config.ingestRowsMax());
    }

    @Produces
    @Singleton
    IngestPipeline pipeline(MeterRegistry meters) {
        bind(meters);
        return pipeline;
    }

    void start(@Observes StartupEvent event) throws IOException, ExecutionException, InterruptedException {
        switch (upstreamConfig.upstream()) {
            case "none" -> {}
            case "replay" -> {
                replay = ReplayUpstream.open(upstreamConfig, pipeline, store.reader(), clock);
                replay.start(upstreamConfig.marketFormingMinIntervalMs());
            }
            default ->
                throw new IllegalArgumentException(
                        "TRADE_CANVAS_UPSTREAM '" + upstreamConfig.upstream() + "' is neither replay nor none");
        }
    }

    void stopUpstream(@Observes @Priority(SHUTDOWN_ORDER_UPSTREAM) ShutdownEvent event) {
        if (replay != null) {
            replay.close();
        }
    }

    void closePipeline(@Observes @Priority(SHUTDOWN_ORDER_PIPELINE) ShutdownEvent event) {
        pipeline.close();
    }

    private void bind(MeterRegistry meters) {
        FunctionCounter.builder("tradecanvas.ingest.candles", pipeline, IngestPipeline::candles)
                .register(meters);
        FunctionCounter.builder("tradecanvas.ingest.runs.failed", pipeline, IngestPipeline::failedRuns)
                .register(meters);
        FunctionCounter.builder("tradecanvas.ingest.runs.refused", pipeline, IngestPipeline::refusedRuns)
                .register(meters);
        Gauge.builder("tradecanvas.ingest.candles.underway", pipeline, IngestPipeline::rowsUnderWay)
                .register(meters);
    }
}

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
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tradecanvas.ingest.internal.CandleRoutes;
import tradecanvas.ingest.internal.InternalRoutes;
import tradecanvas.ingest.pipeline.IngestPipeline;
import tradecanvas.ingest.upstream.ReplayUpstream;
import tradecanvas.ingest.upstream.UpstreamConfig;
import tradecanvas.model.bus.CandlePublisher;
import tradecanvas.store.sqlite.SqliteSettings;
import tradecanvas.store.sqlite.SqliteStore;

/** Opens the store of record, runs the pipeline and the upstream on it, and closes them in the opposite order. */
@Singleton
public final class WriterWiring {
    static final int SHUTDOWN_ORDER_LAST = 9000;

    private final UpstreamConfig upstreamConfig;
    private final InstantSource clock;
    private final SqliteStore store;
    private final IngestPipeline pipeline;
    private @Nullable ReplayUpstream replay;

    WriterWiring(
            WriterConfig config,
            UpstreamConfig upstreamConfig,
            InstantSource clock,
            CandlePublisher publisher,
            MeterRegistry meters) {
        this.upstreamConfig = upstreamConfig;
        this.clock = clock;
        this.store = SqliteStore.open(settings(config), clock);
        this.pipeline = new IngestPipeline(
                store.writer(), publisher, () -> CompletableFuture.completedStage(null), config.ingestRowsMax());
        bind(meters);
    }

    /** The truth, for whoever reads it in this process. */
    @Produces
    @Singleton
    SqliteStore store() {
        return store;
    }

    @Produces
    @Singleton
    IngestPipeline pipeline() {
        return pipeline;
    }

    /** The truth, for the other roles. */
    @Produces
    @Singleton
    InternalRoutes candleRoutes() {
        return new CandleRoutes(store.reader());
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

    void stop(@Observes @Priority(SHUTDOWN_ORDER_LAST) ShutdownEvent event) {
        if (replay != null) {
            replay.close();
        }
        store.close();
        pipeline.close();
    }

    private static SqliteSettings settings(WriterConfig config) {
        return SqliteSettings.of(config.dbPath())
                .withLockTimeout(Duration.ofMillis((long) (config.sqliteTimeoutS() * 1000)))
                .withWrites(new SqliteSettings.Writes(
                        config.ingestRowsMax(), SqliteSettings.Writes.STANDARD.transactionRowsMax()))
                .withReads(new SqliteSettings.Reads(config.sqliteReadThreads(), config.sqliteReadsWaitingMax()));
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
        FunctionCounter.builder(
                        "tradecanvas.sqlite.commits",
                        store,
                        s -> s.stats().writes().commits())
                .register(meters);
        Gauge.builder("tradecanvas.sqlite.wal", store, s -> s.stats().wal().bytes())
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder(
                        "tradecanvas.sqlite.reads.waiting",
                        store,
                        s -> s.stats().reads().waiting())
                .register(meters);
    }
}

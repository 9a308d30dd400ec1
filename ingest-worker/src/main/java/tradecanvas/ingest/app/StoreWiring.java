package tradecanvas.ingest.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import tradecanvas.ingest.internal.CandleRoutes;
import tradecanvas.ingest.internal.DigestRoutes;
import tradecanvas.ingest.internal.InternalConfig;
import tradecanvas.ingest.internal.InternalRoutes;
import tradecanvas.runtime.config.PostgresConfig;
import tradecanvas.runtime.config.RedisConfig;
import tradecanvas.runtime.config.SwitchesCheck;
import tradecanvas.runtime.config.SwitchesConfig;
import tradecanvas.store.sqlite.SqliteSettings;
import tradecanvas.store.sqlite.SqliteStore;

/** Opens the store of record, and closes it last. */
@Singleton
public final class StoreWiring {
    /** After everything that writes or reads it. */
    static final int SHUTDOWN_ORDER_LAST = 9000;

    private final SqliteStore store;

    StoreWiring(
            WriterConfig config,
            SwitchesConfig switches,
            PostgresConfig postgres,
            RedisConfig redis,
            InternalConfig internal,
            InstantSource clock,
            MeterRegistry meters) {
        SwitchesCheck.verify(switches, postgres, redis);
        this.store = SqliteStore.open(
                settings(config)
                        .withOutbox(switches.enableDualWrite())
                        .withEpoch(switches.enableWsPubsub()
                                || internal.internalPort().isPresent()),
                clock);
        bind(meters);
    }

    /** The truth, for whoever reads it in this process. */
    @Produces
    @Singleton
    SqliteStore store() {
        return store;
    }

    /** The truth, for the other roles. */
    @Produces
    @Singleton
    InternalRoutes candleRoutes() {
        return new CandleRoutes(store.reader());
    }

    /** The truth, for comparisons in another process. */
    @Produces
    @Singleton
    InternalRoutes digestRoutes() {
        return new DigestRoutes(store.digests());
    }

    void stop(@Observes @Priority(SHUTDOWN_ORDER_LAST) ShutdownEvent event) {
        store.close();
    }

    private static SqliteSettings settings(WriterConfig config) {
        return SqliteSettings.of(config.dbPath())
                .withLockTimeout(Duration.ofMillis((long) (config.sqliteTimeoutS() * 1000)))
                .withWrites(new SqliteSettings.Writes(
                        config.ingestRowsMax(), SqliteSettings.Writes.STANDARD.transactionRowsMax()))
                .withReads(new SqliteSettings.Reads(config.sqliteReadThreads(), config.sqliteReadsWaitingMax()));
    }

    private void bind(MeterRegistry meters) {
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

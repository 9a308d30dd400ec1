package tradecanvas.standalone;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tradecanvas.ingest.app.MirrorWiring;
import tradecanvas.ingest.mirror.MirrorSwitch;
import tradecanvas.ingest.mirror.Mirroring;
import tradecanvas.runtime.config.PostgresConfig;
import tradecanvas.runtime.config.SwitchesConfig;
import tradecanvas.runtime.store.MirrorReads;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.SeriesVersions;
import tradecanvas.store.outbox.Freshness;
import tradecanvas.store.outbox.MirrorFreshness;
import tradecanvas.store.postgres.PostgresStore;
import tradecanvas.store.sqlite.SqliteStore;

/** Gives every role the worker's store, or PostgreSQL before it where the switches say so. */
@Singleton
final class StandaloneWiring {
    /** Before the stores close. */
    private static final int SHUTDOWN_ORDER = 8000;

    private final CandleReader reader;
    private final SeriesVersions versions;
    private final MirrorReads.@Nullable Timer timer;
    private final @Nullable MirrorReads mirrorReads;

    StandaloneWiring(
            SwitchesConfig switches,
            PostgresConfig config,
            SqliteStore truth,
            MirrorWiring wiring,
            MirrorSwitch mirror,
            MeterRegistry meters) {
        versions = truth.versions();
        if (!switches.enablePgRead()) {
            reader = truth.reader();
            timer = null;
            mirrorReads = null;
            return;
        }
        PostgresStore postgres = Objects.requireNonNull(wiring.postgres(), "reads need the store, which was checked");
        MirrorReads.Timer opened = new MirrorReads.Timer();
        MirrorReads routed = new MirrorReads(
                postgres,
                Duration.ofMillis(config.postgresReadTimeoutMs()),
                truth.reader(),
                freshness(mirror.mirroring()),
                opened);
        routed.bind(meters);
        reader = routed.reader();
        timer = opened;
        mirrorReads = routed;
    }

    /** Without dual writing something else fills PostgreSQL, and nobody here knows how far. */
    private static MirrorFreshness freshness(@Nullable Mirroring mirroring) {
        return mirroring == null ? _ -> Freshness.CURRENT : mirroring::freshness;
    }

    @Produces
    @Singleton
    CandleReader reader() {
        return reader;
    }

    @Produces
    @Singleton
    SeriesVersions versions() {
        return versions;
    }

    void stop(@Observes @Priority(SHUTDOWN_ORDER) ShutdownEvent event) {
        if (mirrorReads != null && timer != null) {
            mirrorReads.close();
            timer.close();
        }
    }
}

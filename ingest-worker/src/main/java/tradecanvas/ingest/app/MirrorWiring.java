package tradecanvas.ingest.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.ingest.internal.InternalRoutes;
import tradecanvas.ingest.mirror.MirrorConfig;
import tradecanvas.ingest.mirror.MirrorRoutes;
import tradecanvas.ingest.mirror.MirrorSwitch;
import tradecanvas.ingest.mirror.Mirroring;
import tradecanvas.ingest.mirror.PreparedMirror;
import tradecanvas.ingest.mirror.RepairRoutes;
import tradecanvas.runtime.config.PostgresConfig;
import tradecanvas.runtime.config.SwitchesConfig;
import tradecanvas.runtime.store.PostgresSetup;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.outbox.Outbox;
import tradecanvas.store.postgres.PostgresSchema;
import tradecanvas.store.postgres.PostgresSettings;
import tradecanvas.store.postgres.PostgresStore;
import tradecanvas.store.sqlite.SqliteStore;

/**
 * Prepares PostgreSQL and mirrors to it, as the switches say.
 *
 * <p>A database that cannot be reached at the start fails it, unless this file was mirrored to it before: then the worker
 * goes on without its mirror until that is back.
 */
@Singleton
public final class MirrorWiring {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorWiring.class);

    /** After the pipeline, which waits for the mirror, and before the store. */
    private static final int SHUTDOWN_ORDER = StoreWiring.SHUTDOWN_ORDER_LAST - 10;

    /** Its loops decode rows; those of the process send to sockets and must not wait for that. */
    private final @Nullable Vertx loops;

    private final @Nullable PostgresStore postgres;
    private final MirrorSwitch mirror;

    MirrorWiring(
            SwitchesConfig switches,
            PostgresConfig postgresConfig,
            MirrorConfig config,
            SqliteStore store,
            InstantSource clock,
            MeterRegistry meters) {
        if (!switches.enablePgStore()) {
            loops = null;
            postgres = null;
            mirror = MirrorSwitch.OFF;
            return;
        }
        PostgresSettings settings = PostgresSetup.of(postgresConfig);
        boolean prepared = prepare(settings, switches.enableDualWrite() ? store.outbox() : null);
        Vertx own = openLoops();
        PostgresStore opened = PostgresStore.open(settings, own);
        loops = own;
        postgres = opened;
        mirror = switches.enableDualWrite()
                ? new MirrorSwitch(Mirroring.start(
                        store.outbox(),
                        new PreparedMirror(opened.mirror(), () -> PostgresSchema.prepare(settings), prepared),
                        config,
                        clock,
                        meters))
                : MirrorSwitch.OFF;
    }

    private static Vertx openLoops() {
        return Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    }

    private static boolean prepare(PostgresSettings settings, @Nullable Outbox outbox) {
        String database = settings.dsn().host() + ":" + settings.dsn().port() + "/"
                + settings.dsn().database() + " " + settings.schema();
        try {
            PostgresSchema.prepare(settings);
        } catch (StoreUnavailableException unreachable) {
            if (outbox == null || !outbox.knowsMirror(database)) {
                throw unreachable;
            }
            LOG.warn("mirror not reached at start, it gets what it misses when it is back", unreachable);
            return false;
        }
        if (outbox != null) {
            outbox.rememberMirror(database).toCompletableFuture().join();
        }
        return true;
    }

    @Produces
    @Singleton
    MirrorSwitch mirror() {
        return mirror;
    }

    @Produces
    @Singleton
    InternalRoutes mirrorRoutes() {
        return new MirrorRoutes(mirror);
    }

    @Produces
    @Singleton
    InternalRoutes repairRoutes(SqliteStore store) {
        return new RepairRoutes(mirror, mirror.mirroring() == null ? null : store.repairs());
    }

    /** PostgreSQL, for reads in this process; null where the switches leave it out. */
    public @Nullable PostgresStore postgres() {
        return postgres;
    }

    void stop(@Observes @Priority(SHUTDOWN_ORDER) ShutdownEvent event) {
        if (mirror.mirroring() != null) {
            mirror.mirroring().close();
        }
        if (postgres != null) {
            postgres.close();
        }
        if (loops != null) {
            loops.close();
        }
    }
}

package tradecanvas.reconcile.compare;

import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tradecanvas.store.compare.Stores;
import tradecanvas.store.outbox.MirrorPosition;
import tradecanvas.store.postgres.PostgresSettings;
import tradecanvas.store.postgres.PostgresStore;
import tradecanvas.store.remote.RemoteReconciliation;
import tradecanvas.store.sqlite.SqliteDigestReader;

/** Where the two stores are. */
public final class StoreOptions {
    private static final Duration LOCK_WAIT_MAX = Duration.ofSeconds(5);

    @Option(
            names = "--worker-url",
            defaultValue = "${env:TRADE_CANVAS_WORKER_URL:-http://127.0.0.1:8100}",
            description = "the worker's internal listener (${DEFAULT-VALUE})")
    private @Nullable URI workerUrl;

    @Option(
            names = "--sqlite",
            description =
                    "the SQLite file itself, while no worker runs on it; changes that its outbox still holds count as drift")
    private @Nullable Path sqlite;

    @Option(
            names = "--postgres-dsn",
            defaultValue = "${env:TRADE_CANVAS_POSTGRES_DSN}",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description =
                    "the mirror; without it TRADE_CANVAS_POSTGRES_DSN, which others cannot see in the list of processes")
    private @Nullable String postgresDsn;

    @Option(
            names = "--postgres-schema",
            defaultValue = "${env:TRADE_CANVAS_POSTGRES_SCHEMA:-public}",
            description = "schema of its tables (${DEFAULT-VALUE})")
    private @Nullable String postgresSchema;

    /** The stores of one command. Owner: the command. */
    public static final class Opened implements AutoCloseable {
        private final Vertx vertx;
        private final PostgresStore postgres;
        private final @Nullable RemoteReconciliation worker;
        private final @Nullable SqliteDigestReader file;
        private final Stores stores;

        private Opened(
                Vertx vertx,
                PostgresStore postgres,
                @Nullable RemoteReconciliation worker,
                @Nullable SqliteDigestReader file,
                Stores stores) {
            this.vertx = vertx;
            this.postgres = postgres;
            this.worker = worker;
            this.file = file;
            this.stores = stores;
        }

        public Stores stores() {
            return stores;
        }

        /** The worker, which repairs; null where the file is compared itself. */
        public @Nullable RemoteReconciliation worker() {
            return worker;
        }

        @Override
        public void close() {
            if (worker != null) {
                worker.close();
            }
            if (file != null) {
                file.close();
            }
            postgres.close();
            var _ = vertx.close();
        }
    }

    /**
     * Opens both; neither need be reached yet.
     *
     * @throws IllegalArgumentException with what is wrong with the options
     */
    public Opened open() {
        PostgresSettings settings = PostgresSettings.of(
                postgresDsn == null ? "" : postgresDsn, postgresSchema == null ? "public" : postgresSchema);
        if (sqlite != null && !Files.isRegularFile(sqlite)) {
            throw new IllegalArgumentException("no file " + sqlite);
        }
        Vertx vertx = Vertx.vertx();
        PostgresStore postgres = PostgresStore.open(settings, vertx);
        if (sqlite != null) {
            SqliteDigestReader file = SqliteDigestReader.of(sqlite, LOCK_WAIT_MAX);
            return new Opened(
                    vertx,
                    postgres,
                    null,
                    file,
                    new Stores(
                            file, postgres.digests(), () -> CompletableFuture.completedStage(MirrorPosition.AT_REST)));
        }
        if (workerUrl == null) {
            throw new IllegalStateException("not filled in by picocli");
        }
        RemoteReconciliation worker = new RemoteReconciliation(vertx, workerUrl, RemoteReconciliation.BOUNDS);
        return new Opened(vertx, postgres, worker, null, new Stores(worker, postgres.digests(), worker));
    }
}

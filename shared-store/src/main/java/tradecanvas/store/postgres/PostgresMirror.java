package tradecanvas.store.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.MirrorFencedException;
import tradecanvas.store.outbox.MirrorSession;
import tradecanvas.store.outbox.MirrorStore;

/**
 * The write side. Who writes stands in the one row of {@code tc_mirror_writer}: a claim raises its session number, and a
 * write counts only while the number is its own.
 *
 * <p>Threads: any; stages complete on event loops. A claim that the server does not answer in time fails here and its
 * connection is closed, also one that comes later.
 */
final class PostgresMirror implements MirrorStore {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresMirror.class);

    /** Connections that the server has accepted and not answered; at the bound no more are made. */
    private static final int CONNECTING_MAX = 8;

    private final Vertx vertx;
    private final ServerGreeting greeting;
    private final Duration connectTimeout;
    private final String schema;
    private final String claim;
    private final AtomicInteger connecting = new AtomicInteger();

    PostgresMirror(Vertx vertx, ServerGreeting greeting, PostgresSettings settings) {
        this.vertx = vertx;
        this.greeting = greeting;
        connectTimeout = settings.connectWaitMax();
        schema = settings.quotedSchema();
        claim = "WITH before AS (SELECT truth_id, epoch FROM " + schema + ".tc_mirror_writer WHERE id = 1),"
                + " claimed AS (INSERT INTO " + schema + ".tc_mirror_writer AS held"
                + " (id, truth_id, epoch, session, claimed_at) VALUES (1, $1, $2, 1, now())"
                + " ON CONFLICT (id) DO UPDATE SET truth_id = excluded.truth_id, epoch = excluded.epoch,"
                + " session = held.session + 1, claimed_at = excluded.claimed_at"
                + " WHERE CASE WHEN held.truth_id = excluded.truth_id THEN held.epoch <= excluded.epoch ELSE $3 END"
                + " RETURNING session)"
                + " SELECT (SELECT session FROM claimed), before.truth_id, before.epoch"
                + " FROM (VALUES (0)) AS always LEFT JOIN before ON TRUE";
    }

    @Override
    public CompletionStage<MirrorSession> claim(Fence fence, boolean takeOver) {
        return connect()
                .compose(connection -> claim(connection, fence, takeOver))
                .recover(failure -> Future.failedFuture(Failures.ofWriting(failure)))
                .toCompletionStage();
    }

    private Future<PgConnection> connect() {
        if (connecting.incrementAndGet() > CONNECTING_MAX) {
            connecting.decrementAndGet();
            return Future.failedFuture(new StoreUnavailableException(
                    CONNECTING_MAX + " connections wait for PostgreSQL's answer, no more are made"));
        }
        Future<PgConnection> connected = greeting.options()
                .compose(options -> PgConnection.connect(vertx, options))
                .onComplete(end -> connecting.decrementAndGet());
        return connected
                .timeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    if (failure instanceof TimeoutException) {
                        connected.onSuccess(Sockets::end);
                    }
                });
    }

    private Future<MirrorSession> claim(PgConnection connection, Fence fence, boolean takeOver) {
        return connection
                .preparedQuery(claim)
                .execute(Tuple.of(fence.truthId(), fence.epoch(), takeOver))
                .timeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .map(rows -> session(connection, fence, rows.iterator().next()))
                .onFailure(failure -> Sockets.end(connection));
    }

    private MirrorSession session(PgConnection connection, Fence fence, Row row) {
        @Nullable Long session = row.getLong(0);
        @Nullable String truthBefore = row.getString(1);
        if (session == null) {
            throw new MirrorFencedException("mirror " + schema + " is claimed by epoch " + row.getLong(2) + " of truth "
                    + truthBefore + ", not to be replaced by epoch " + fence.epoch() + " of truth " + fence.truthId());
        }
        if (truthBefore != null && !truthBefore.equals(fence.truthId())) {
            LOG.warn(
                    "mirror taken over from another truth schema={} truthBefore={} truth={} session={}",
                    schema,
                    truthBefore,
                    fence.truthId(),
                    session);
        } else {
            LOG.info("mirror claimed schema={} epoch={} session={}", schema, fence.epoch(), session);
        }
        return new PostgresMirrorSession(vertx, connection, session, schema);
    }
}

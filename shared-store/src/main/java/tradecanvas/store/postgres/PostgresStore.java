package tradecanvas.store.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.digest.DigestReader;
import tradecanvas.store.outbox.MirrorStore;

/**
 * The mirror: a schema of a PostgreSQL database that {@link PostgresSchema} has prepared.
 *
 * <p>Threads: any. Opening does not need the server, and closing does not wait for it.
 */
public final class PostgresStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);

    /** Sent data that nobody acknowledges ends a connection; needs the native transport. */
    private static final int UNACKNOWLEDGED_MS_MAX = 10_000;

    /** The same from the side of the server: a vanished worker must not hold the row that the next one claims. */
    private static final String KEEPALIVE_IDLE_S = "4";

    private static final String KEEPALIVE_INTERVAL_S = "2";
    private static final String KEEPALIVE_COUNT = "3";

    /** Writes of a session on their way at once; each is a batch. */
    private static final int PIPELINED_WRITES_MAX = 16;

    private final ServerGreeting readGreeting;
    private final ServerGreeting writeGreeting;
    private final Pool pool;
    private final ReadConnections connections;
    private final CandleReader reader;
    private final MirrorStore mirror;
    private final DigestReader digests;

    private PostgresStore(PostgresSettings settings, Vertx vertx) {
        readGreeting = new ServerGreeting(vertx, readOptions(settings), settings.connectWaitMax());
        writeGreeting = new ServerGreeting(vertx, writeOptions(settings), settings.connectWaitMax());
        pool = PgBuilder.pool()
                .with(poolOptions(settings))
                .connectingTo(() -> readGreeting.options().map(options -> options))
                .using(vertx)
                .build();
        connections = new ReadConnections(pool, settings.readTimeout());
        ChunkPlans plans = new ChunkPlans(settings.timescale());
        reader = new PostgresReader(connections, new ReadStatements(settings.quotedSchema()), plans);
        digests = new PostgresDigestReader(connections, plans, settings.quotedSchema());
        mirror = new PostgresMirror(vertx, writeGreeting, settings);
    }

    /** Opens without asking the server for anything; the first connections are made meanwhile. */
    public static PostgresStore open(PostgresSettings settings, Vertx vertx) {
        PostgresStore store = new PostgresStore(settings, vertx);
        store.warmUp(settings.pool().sizeMin());
        LOG.info(
                "store opened server={}:{} database={} schema={}",
                settings.dsn().host(),
                settings.dsn().port(),
                settings.dsn().database(),
                settings.schema());
        return store;
    }

    private static PoolOptions poolOptions(PostgresSettings settings) {
        return new PoolOptions()
                .setMaxSize(settings.pool().sizeMax())
                .setMaxWaitQueueSize(settings.pool().waitingMax())
                .setConnectionTimeout((int) settings.readTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    /** A read that was given up here must not go on there. */
    private static PgConnectOptions readOptions(PostgresSettings settings) {
        PgConnectOptions options = connectOptions(settings);
        options.addProperty(
                "statement_timeout", Long.toString(settings.readTimeout().toMillis()));
        if (settings.timescale().on()) {
            options.addProperty(ChunkPlans.MODE, ChunkPlans.FOR_THE_VALUES);
        }
        return options;
    }

    private static PgConnectOptions writeOptions(PostgresSettings settings) {
        PgConnectOptions options = connectOptions(settings).setPipeliningLimit(PIPELINED_WRITES_MAX);
        options.addProperty("tcp_keepalives_idle", KEEPALIVE_IDLE_S)
                .addProperty("tcp_keepalives_interval", KEEPALIVE_INTERVAL_S)
                .addProperty("tcp_keepalives_count", KEEPALIVE_COUNT);
        return options;
    }

    private static PgConnectOptions connectOptions(PostgresSettings settings) {
        PgConnectOptions options = settings.dsn().connectOptions();
        options.setCachePreparedStatements(true)
                .setConnectTimeout((int) settings.connectWaitMax().toMillis())
                .setTcpKeepAlive(true)
                .setTcpUserTimeout(UNACKNOWLEDGED_MS_MAX);
        return options;
    }

    /** All at once, so that none is given a connection that another has just given back; a failure is left to reads. */
    private void warmUp(int size) {
        List<Future<SqlConnection>> lent =
                Stream.generate(pool::getConnection).limit(size).toList();
        Future.join(lent).onComplete(end -> lent.forEach(each -> each.onSuccess(SqlConnection::close)));
    }

    public CandleReader reader() {
        return reader;
    }

    public MirrorStore mirror() {
        return mirror;
    }

    /** The mirror as it is compared; shares the connections of reads. */
    public DigestReader digests() {
        return digests;
    }

    /** Whether the server answers. Errors: {@link tradecanvas.store.api.StoreUnavailableException}. */
    public CompletionStage<Void> probe() {
        return connections.ask(
                connection -> connection.query("SELECT 1").execute().mapEmpty());
    }

    /** Connections that are lent end with their read; again: nothing. */
    @Override
    public void close() {
        pool.close();
        readGreeting.close();
        writeGreeting.close();
    }
}

package tradecanvas.store.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tradecanvas.store.postgres.PostgresSettings.Timescale;
import tradecanvas.store.servers.TestServers;

/** A schema of one test on a real server, and a plain connection to look into it; closing drops the schema. */
final class TestSchema implements AutoCloseable {
    private static final long WAIT_SECONDS_MAX = 60;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final PgConnection connection;
    private final PostgresSettings settings;

    private TestSchema(PostgresSettings settings) {
        this.settings = settings;
        connection = connect();
    }

    /** A name that no other test has; nothing is created. */
    static TestSchema named(Timescale timescale) {
        return of(TestServers.postgresDsn(), timescale);
    }

    static TestSchema of(String dsn, Timescale timescale) {
        String name = "Tc_test_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
        return new TestSchema(
                PostgresSettings.of(dsn, name).withTimescale(timescale).withReadTimeout(Duration.ofSeconds(20)));
    }

    static TestSchema prepared(Timescale timescale) {
        TestSchema schema = named(timescale);
        PostgresSchema.prepare(schema.settings());
        return schema;
    }

    PostgresSettings settings() {
        return settings;
    }

    /** Another plain connection, for what blocks. */
    PgConnection connect() {
        PgConnection opened = await(() ->
                PgConnection.connect(vertx, settings.dsn().connectOptions().setSslMode(SslMode.DISABLE)));
        return opened.noticeHandler(ignored -> {});
    }

    Vertx vertx() {
        return vertx;
    }

    /** Runs a statement; {@code {s}} stands for the schema. */
    RowSet<Row> sql(String sql) {
        return sql(connection, sql);
    }

    RowSet<Row> sql(PgConnection on, String sql) {
        return await(() -> on.query(sql.replace("{s}", settings.quotedSchema())).execute());
    }

    /** The first column of all rows, as text. */
    List<String> column(String sql) {
        List<String> values = new ArrayList<>();
        sql(sql).forEach(row -> values.add(String.valueOf(row.getValue(0))));
        return values;
    }

    static <T> T await(Supplier<Future<T>> work) {
        return work.get()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        sql("DROP SCHEMA IF EXISTS {s} CASCADE");
        await(connection::close);
        await(vertx::close);
    }
}

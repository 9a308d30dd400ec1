package tradecanvas.store.postgres;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tradecanvas.store.servers.TestServers;

/** An empty database of one test on a real server; closing drops it. */
final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "tc_test_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    private final PostgresDsn server = PostgresDsn.parse(TestServers.postgresDsn());
    private final Vertx vertx = Vertx.vertx();
    private final PgConnection admin = TestSchema.await(
            () -> PgConnection.connect(vertx, server.connectOptions().setSslMode(SslMode.DISABLE)));

    TestDatabase() {
        run("CREATE DATABASE " + name);
    }

    String name() {
        return name;
    }

    /** In the form of keywords, which the shared servers do not use. */
    String dsn() {
        return dsn(server.credentials().user(), server.credentials().password());
    }

    String dsn(String user, @Nullable String password) {
        return "host=%s port=%d dbname=%s user=%s password='%s'"
                .formatted(server.host(), server.port(), name, user, String.valueOf(password));
    }

    /** Runs a statement in the shared database. */
    void run(String sql) {
        TestSchema.await(() -> admin.query(sql).execute());
    }

    @Override
    public void close() {
        run("DROP DATABASE " + name + " WITH (FORCE)");
        TestSchema.await(admin::close);
        TestSchema.await(vertx::close);
    }
}

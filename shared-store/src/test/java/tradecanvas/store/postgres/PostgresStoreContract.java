package tradecanvas.store.postgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.CandleStoreContract;
import tradecanvas.store.api.CandleWriter;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.MirrorSession;
import tradecanvas.store.postgres.PostgresSettings.Timescale;

/** The contract of every store, on a schema of its own for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PostgresStoreContract extends CandleStoreContract {
    private final TestSchema schema;

    private PostgresStore store;
    private MirrorSession session;

    PostgresStoreContract(Timescale timescale) {
        schema = TestSchema.prepared(timescale);
    }

    @AfterAll
    void drop() {
        schema.close();
    }

    @BeforeEach
    void open() {
        schema.sql("TRUNCATE {s}.candles");
        store = PostgresStore.open(schema.settings(), schema.vertx());
        session = await(store.mirror().claim(new Fence("truth", 1), true));
    }

    @AfterEach
    void close() {
        session.close();
        store.close();
    }

    @Override
    protected CandleWriter writer() {
        return new MirrorWriter(session, reader());
    }

    @Override
    protected CandleReader reader() {
        return store.reader();
    }
}

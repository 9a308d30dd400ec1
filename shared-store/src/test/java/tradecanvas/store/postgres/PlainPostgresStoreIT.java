package tradecanvas.store.postgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.CandleStoreContract;
import tradecanvas.store.api.CandleWriter;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.MirrorSession;
import tradecanvas.store.postgres.PostgresSettings.Timescale;

class PlainPostgresStoreIT extends CandleStoreContract {
    private static TestSchema schema;

    private PostgresStore store;
    private MirrorSession session;

    @BeforeAll
    static void prepare() {
        schema = TestSchema.prepared(Timescale.OFF);
    }

    @AfterAll
    static void drop() {
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

package tradecanvas.standalone;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.sqlite.SqliteStore;

/** Gives every role the worker's store. */
@Singleton
final class StandaloneWiring {
    @Produces
    @Singleton
    CandleReader reader(SqliteStore store) {
        return store.reader();
    }
}

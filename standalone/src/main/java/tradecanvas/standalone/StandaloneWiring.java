package tradecanvas.standalone;

import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.sqlite.SqliteStore;

/** Gives every role the worker's store, and says when the process can be used. */
@Singleton
final class StandaloneWiring {
    @Produces
    @Singleton
    CandleReader reader(SqliteStore store) {
        return store.reader();
    }

    /** Scripts and tests wait for this line on standard output. */
    void announce(@ObservesAsync HttpServerStart started) {
        System.out.println("ready http://" + started.options().getHost() + ":"
                + started.options().getPort() + "/");
    }
}

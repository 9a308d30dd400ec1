package tradecanvas.readapi.app;

import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.SeriesVersions;

/** What the reads have where no other role shares their process. */
@Singleton
final class ReadWiring {
    /** A process that only reads does not learn of changes. */
    @Produces
    @Singleton
    @DefaultBean
    SeriesVersions versions() {
        return SeriesVersions.UNKNOWN;
    }

    /** The stores are opened at the start rather than by the first read. */
    void open(@Observes StartupEvent event, CandleReader reader) {}
}

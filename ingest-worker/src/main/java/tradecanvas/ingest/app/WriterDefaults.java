package tradecanvas.ingest.app;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import tradecanvas.ingest.publish.BusPublisher;
import tradecanvas.model.bus.CandlePublisher;

/** What the worker's own process has where no other role shares the process. */
@Singleton
final class WriterDefaults {
    @Produces
    @Singleton
    @DefaultBean
    CandlePublisher publisher(BusPublisher bus) {
        return bus;
    }
}

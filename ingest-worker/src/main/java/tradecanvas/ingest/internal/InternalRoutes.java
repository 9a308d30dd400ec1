package tradecanvas.ingest.internal;

import java.util.List;

/** Endpoints that a feature adds to the internal listener: every bean of this type is asked once, at the start. */
@FunctionalInterface
public interface InternalRoutes {
    List<InternalRoute> routes();
}

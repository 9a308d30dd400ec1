/**
 * Wiring of the writer: store, pipeline, upstream, metrics.
 */
@NullMarked
package tradecanvas.ingest.app;

import org.jspecify.annotations.NullMarked;

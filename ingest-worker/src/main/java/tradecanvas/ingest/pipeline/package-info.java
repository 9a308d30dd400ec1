/**
 * The one way of a closed candle: store, then publish. Serial per series, in the order of acceptance.
 */
@NullMarked
package tradecanvas.ingest.pipeline;

import org.jspecify.annotations.NullMarked;

/**
 * Where published candles go in the worker's own process.
 */
@NullMarked
package tradecanvas.ingest.publish;

import org.jspecify.annotations.NullMarked;

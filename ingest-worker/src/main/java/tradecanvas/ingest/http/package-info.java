/**
 * The HTTP doors for candles. They check, hand over to the pipeline, and answer when it is done.
 */
@NullMarked
package tradecanvas.ingest.http;

import org.jspecify.annotations.NullMarked;

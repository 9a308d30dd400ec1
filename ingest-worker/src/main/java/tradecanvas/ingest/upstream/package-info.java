/**
 * Where candles come from without anybody posting them: recorded real candles, replayed as if they were live.
 */
@NullMarked
package tradecanvas.ingest.upstream;

import org.jspecify.annotations.NullMarked;

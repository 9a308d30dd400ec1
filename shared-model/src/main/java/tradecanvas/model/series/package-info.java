/**
 * What a series is called and how long its candles are. The grammar of ids and timeframes lives here and nowhere else.
 */
@NullMarked
package tradecanvas.model.series;

import org.jspecify.annotations.NullMarked;

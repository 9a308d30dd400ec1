/**
 * Candles over HTTP, and the list of series that the operator chose to show.
 */
@NullMarked
package tradecanvas.readapi.candles;

import org.jspecify.annotations.NullMarked;

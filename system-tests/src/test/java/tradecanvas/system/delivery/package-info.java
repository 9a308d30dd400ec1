/** What subscribers of a running server are sent: every closed candle once and in order, whatever else goes on. */
@NullMarked
package tradecanvas.system.delivery;

import org.jspecify.annotations.NullMarked;

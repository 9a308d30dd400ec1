/** The connection to Redis that the publishing and the receiving side of the bus share. */
@NullMarked
package tradecanvas.runtime.bus;

import org.jspecify.annotations.NullMarked;

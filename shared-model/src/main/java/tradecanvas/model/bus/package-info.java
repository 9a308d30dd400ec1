/**
 * What travels from the writer to the gateways, and the two ports it travels through.
 */
@NullMarked
package tradecanvas.model.bus;

import org.jspecify.annotations.NullMarked;

/**
 * Wiring of the gateway: start, shutdown and metrics.
 */
@NullMarked
package tradecanvas.gateway.app;

import org.jspecify.annotations.NullMarked;

/**
 * The settings of the read side, for the process that holds it.
 */
@NullMarked
package tradecanvas.readapi.app;

import org.jspecify.annotations.NullMarked;

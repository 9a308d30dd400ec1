/**
 * The storm benchmark: many clients connect to a gateway at once and each catches up with what it missed, as after the loss of
 * another gateway.
 */
@NullMarked
package tradecanvas.load.storm;

import org.jspecify.annotations.NullMarked;

/**
 * How complete and how late a series is.
 */
@NullMarked
package tradecanvas.readapi.health;

import org.jspecify.annotations.NullMarked;

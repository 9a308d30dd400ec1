/**
 * The closed or forming bar of a series. Every other module passes these records around and never changes them.
 */
@NullMarked
package tradecanvas.model.candle;

import org.jspecify.annotations.NullMarked;

/**
 * The fan-out benchmark: one server on one core, one client on another, candles posted at a fixed rate. Several servers
 * take turns in one run, because only ratios of the same run hold on a shared machine.
 */
@NullMarked
package tradecanvas.load.fanout;

import org.jspecify.annotations.NullMarked;

/**
 * The counters, gauges and timers that the debug API shows as one JSON object. They are bounded and cost nothing when
 * the gate is closed.
 */
@NullMarked
package tradecanvas.runtime.metrics;

import org.jspecify.annotations.NullMarked;

/**
 * Wiring of what every role shares: one clock, one set of metrics, one ring of debug events a process.
 */
@NullMarked
package tradecanvas.runtime.app;

import org.jspecify.annotations.NullMarked;

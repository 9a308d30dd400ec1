/** Starts, stops and kills the processes under test. */
@NullMarked
package tradecanvas.system.process;

import org.jspecify.annotations.NullMarked;

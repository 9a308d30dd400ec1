/**
 * A plain server to compare with, run in a JVM of its own. It is started by the benchmark and serves no one else.
 */
@NullMarked
package tradecanvas.load.peer;

import org.jspecify.annotations.NullMarked;

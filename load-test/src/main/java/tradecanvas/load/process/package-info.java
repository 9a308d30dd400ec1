/**
 * Servers under test as child processes: started on a core, watched through {@code /proc}, ended whatever happens. A
 * benchmark ends only what it started here.
 */
@NullMarked
package tradecanvas.load.process;

import org.jspecify.annotations.NullMarked;

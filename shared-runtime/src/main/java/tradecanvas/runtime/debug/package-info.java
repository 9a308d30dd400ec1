/**
 * What a developer watches live: the last events of the process, kept in a ring and handed to listeners. Off with the
 * debug gate.
 */
@NullMarked
package tradecanvas.runtime.debug;

import org.jspecify.annotations.NullMarked;

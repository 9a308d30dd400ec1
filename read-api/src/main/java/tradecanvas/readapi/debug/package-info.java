/**
 * What engineers look at: runtime metrics and the feed of debug events.
 */
@NullMarked
package tradecanvas.readapi.debug;

import org.jspecify.annotations.NullMarked;

/** Builds from the settings what several roles read: PostgreSQL, and the way between it and the truth. */
@NullMarked
package tradecanvas.runtime.store;

import org.jspecify.annotations.NullMarked;

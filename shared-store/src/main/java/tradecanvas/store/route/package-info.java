/**
 * Which store answers a read: the mirror while it is known to have all that was published and works, the truth otherwise.
 */
@NullMarked
package tradecanvas.store.route;

import org.jspecify.annotations.NullMarked;

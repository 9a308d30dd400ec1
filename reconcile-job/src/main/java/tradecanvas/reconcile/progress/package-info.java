/** How a command shows what it does while it does it. */
@NullMarked
package tradecanvas.reconcile.progress;

import org.jspecify.annotations.NullMarked;

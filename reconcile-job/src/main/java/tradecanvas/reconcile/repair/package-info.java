/** Ends drift: the mirror is given what the truth holds. */
@NullMarked
package tradecanvas.reconcile.repair;

import org.jspecify.annotations.NullMarked;

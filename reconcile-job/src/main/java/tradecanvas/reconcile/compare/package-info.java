/** Which rows the stores do not have in common, for an operator who asks. */
@NullMarked
package tradecanvas.reconcile.compare;

import org.jspecify.annotations.NullMarked;

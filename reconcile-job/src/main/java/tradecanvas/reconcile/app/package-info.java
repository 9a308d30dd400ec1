/** The commands of the job. */
@NullMarked
package tradecanvas.reconcile.app;

import org.jspecify.annotations.NullMarked;

/** Copies into the mirror what the truth held before it had one. The worker does it; this starts, follows and stops it. */
@NullMarked
package tradecanvas.reconcile.backfill;

import org.jspecify.annotations.NullMarked;

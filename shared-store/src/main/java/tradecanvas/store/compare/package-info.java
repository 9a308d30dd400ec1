/**
 * Finds by digests which rows two stores do not have in common, while both are written. It knows ports only, and is here and
 * not with reconcile-job because standalone and the endpoints of read-api compare too.
 */
@NullMarked
package tradecanvas.store.compare;

import org.jspecify.annotations.NullMarked;

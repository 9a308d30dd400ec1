/**
 * The worker's store as other processes see it, over the HTTP of its internal listener: the protocol's paths, bounds and
 * JSON, a reader of the truth, and what a reader may believe about the mirror.
 */
@NullMarked
package tradecanvas.store.remote;

import org.jspecify.annotations.NullMarked;

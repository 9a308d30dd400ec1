/**
 * Digests of candles, by which two stores are compared without moving their rows: computed in Java over the raw bits of all
 * columns, never by SQL. The port {@link tradecanvas.store.digest.DigestReader} has an adapter for each store.
 */
@NullMarked
package tradecanvas.store.digest;

import org.jspecify.annotations.NullMarked;

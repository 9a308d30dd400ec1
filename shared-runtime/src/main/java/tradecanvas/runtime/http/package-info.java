/**
 * The edge of every role's HTTP: reading and refusing input, the error envelope, cross-origin rules and shutdown.
 * Resources elsewhere hold what is said, this package how.
 */
@NullMarked
package tradecanvas.runtime.http;

import org.jspecify.annotations.NullMarked;

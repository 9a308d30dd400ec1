/**
 * The command line of the load tests. It knows every feature; no feature knows it.
 */
@NullMarked
package tradecanvas.load;

import org.jspecify.annotations.NullMarked;

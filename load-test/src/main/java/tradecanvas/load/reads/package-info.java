/**
 * The read benchmark: candles over HTTP from each store, beside a static file and beside the databases' own clients, in
 * turns on the same machine.
 */
@NullMarked
package tradecanvas.load.reads;

import org.jspecify.annotations.NullMarked;

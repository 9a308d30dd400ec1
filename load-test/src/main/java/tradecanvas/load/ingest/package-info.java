/**
 * The ingest benchmark: how many candles a second are durably taken, one by one and in batches, beside plain SQLite doing
 * the same writes on the same disk in the same run.
 */
@NullMarked
package tradecanvas.load.ingest;

import org.jspecify.annotations.NullMarked;

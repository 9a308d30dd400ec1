/**
 * The capacity smoke: many read-only watchers of one series, one candle ingested, who received it and when. Parameters,
 * artifact names, JSON keys and the gate are those of the contract, so that evidence stays comparable.
 */
@NullMarked
package tradecanvas.load.smoke;

import org.jspecify.annotations.NullMarked;

/**
 * Makes PostgreSQL equal to the truth: drains the outbox in order, holds publishing back for a bounded time until the
 * mirror has a candle, copies what was there before the mirror, and shows how far it is.
 */
@NullMarked
package tradecanvas.ingest.mirror;

import org.jspecify.annotations.NullMarked;

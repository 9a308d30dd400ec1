/**
 * The mirror in PostgreSQL, with TimescaleDB or without: one connection of the active worker writes, a pool reads.
 * {@link tradecanvas.store.postgres.PostgresSchema} prepares it at the start of a process, and
 * {@link tradecanvas.store.postgres.PostgresStore} is the way in.
 */
@NullMarked
package tradecanvas.store.postgres;

import org.jspecify.annotations.NullMarked;

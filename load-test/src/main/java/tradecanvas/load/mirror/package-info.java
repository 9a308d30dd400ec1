/**
 * The mirror benchmark: how fast candles reach PostgreSQL through the server, live and as a backfill, beside plain JDBC
 * writes of the same rows to the same database.
 */
@NullMarked
package tradecanvas.load.mirror;

import org.jspecify.annotations.NullMarked;

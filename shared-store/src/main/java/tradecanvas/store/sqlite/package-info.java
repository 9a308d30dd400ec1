/**
 * The truth in one SQLite file: a single thread writes, a few threads read, and a lock file keeps every other process
 * out. {@link tradecanvas.store.sqlite.SqliteStore} is the way in.
 */
@NullMarked
package tradecanvas.store.sqlite;

import org.jspecify.annotations.NullMarked;

/**
 * What the roles ask of a store of candles. The adapters beside this package answer it from SQLite, later also from
 * PostgreSQL.
 */
@NullMarked
package tradecanvas.store.api;

import org.jspecify.annotations.NullMarked;

/**
 * PostgreSQL as a measuring rod: a database of its own for each run on a server that is there already, plain JDBC writes
 * to tables of the same shape as ours, and the CPU of the backends.
 */
@NullMarked
package tradecanvas.load.postgres;

import org.jspecify.annotations.NullMarked;

/**
 * All roles in one process: the worker's store is everybody's store, and the bus is a method call. This is the embedded
 * default and what every rollback returns to.
 */
@NullMarked
package tradecanvas.standalone;

import org.jspecify.annotations.NullMarked;

/** PostgreSQL as the mirror of a running server: dual writing, reads from it, and every way in which it can fail. */
@NullMarked
package tradecanvas.system.mirror;

import org.jspecify.annotations.NullMarked;

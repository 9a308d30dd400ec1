/** Real PostgreSQL and Redis for tests. {@code scripts/services} starts them; what is missing fails the test. */
@NullMarked
package tradecanvas.store.servers;

import org.jspecify.annotations.NullMarked;

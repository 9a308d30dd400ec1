@NullMarked
package tradecanvas.store.postgres;

import org.jspecify.annotations.NullMarked;

/**
 * Wiring of the read side: its settings, its stores where it has a process of its own, and the errors of stores.
 */
@NullMarked
package tradecanvas.readapi.app;

import org.jspecify.annotations.NullMarked;

/**
 * What the worker says to the other roles, on a listener of its own that traders never reach: reads of the truth, and what
 * other features of the worker add.
 */
@NullMarked
package tradecanvas.ingest.internal;

import org.jspecify.annotations.NullMarked;

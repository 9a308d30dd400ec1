/**
 * Where live events come from: Redis, or the worker's internal feed; which of them is used, whether anything was lost on
 * the way, and what the worker is told of the series that are watched here.
 */
@NullMarked
package tradecanvas.gateway.feed;

import org.jspecify.annotations.NullMarked;

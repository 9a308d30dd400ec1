/**
 * Which series the gateways have watchers for, as far as they say so: what upstreams that run on demand will ask.
 */
@NullMarked
package tradecanvas.ingest.demand;

import org.jspecify.annotations.NullMarked;

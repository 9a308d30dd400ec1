/**
 * The worker's own line to the gateways: events and heartbeats out, demand in, over one WebSocket each.
 */
@NullMarked
package tradecanvas.ingest.feed;

import org.jspecify.annotations.NullMarked;

/**
 * Bytes to sockets: messages as WebSocket frames, and the bounded outgoing side of one socket. Knows nothing of series.
 */
@NullMarked
package tradecanvas.gateway.fanout;

import org.jspecify.annotations.NullMarked;

/**
 * The public socket: handshake, client messages, limits, keep-alive and closing.
 */
@NullMarked
package tradecanvas.gateway.socket;

import org.jspecify.annotations.NullMarked;

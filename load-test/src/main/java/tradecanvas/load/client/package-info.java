/**
 * The sockets and HTTP connections of the load: raw bytes on native epoll, so that the client costs less than what it
 * measures. It checks order and duplicates itself and knows nothing of benchmarks or gates.
 */
@NullMarked
package tradecanvas.load.client;

import org.jspecify.annotations.NullMarked;

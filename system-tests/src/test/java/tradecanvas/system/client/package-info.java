/** Clients as a trader or an operator would have them: HTTP and sockets, nothing of the server's code. */
@NullMarked
package tradecanvas.system.client;

import org.jspecify.annotations.NullMarked;

/** Several gateways and read-apis behind a balancer, while what they need fails. */
@NullMarked
package tradecanvas.system.cluster;

import org.jspecify.annotations.NullMarked;

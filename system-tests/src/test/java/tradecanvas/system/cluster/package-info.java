/** The split topology: several gateways and read-apis behind a balancer, and what it does when one of them fails. */
@NullMarked
package tradecanvas.system.cluster;

import org.jspecify.annotations.NullMarked;

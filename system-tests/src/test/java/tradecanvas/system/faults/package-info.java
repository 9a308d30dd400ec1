/** What happens to candles and clients when the process is killed, stopped or started twice. */
@NullMarked
package tradecanvas.system.faults;

import org.jspecify.annotations.NullMarked;

/** The server in an operator's hands: started by its script, and on files that the predecessor wrote. */
@NullMarked
package tradecanvas.system.operate;

import org.jspecify.annotations.NullMarked;

/**
 * The messages of the public socket and their compact JSON. Key order and number format are part of the contract.
 */
@NullMarked
package tradecanvas.model.wire;

import org.jspecify.annotations.NullMarked;

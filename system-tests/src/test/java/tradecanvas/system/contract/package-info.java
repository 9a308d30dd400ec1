/** The wire contract, message by message and byte by byte, against one server that all tests here share. */
@NullMarked
package tradecanvas.system.contract;

import org.jspecify.annotations.NullMarked;

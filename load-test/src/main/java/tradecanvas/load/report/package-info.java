/**
 * How results reach a reader: progress on a terminal, tables, aims with their verdict, JSON for later comparison.
 */
@NullMarked
package tradecanvas.load.report;

import org.jspecify.annotations.NullMarked;

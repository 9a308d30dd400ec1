/**
 * How settings are read: the contract's lenient parsing in front of the typed {@code @ConfigMapping} interfaces of every
 * module. A bad value never stops the start; what was misspelt or differs from its default is logged once.
 */
@NullMarked
package tradecanvas.runtime.config;

import org.jspecify.annotations.NullMarked;

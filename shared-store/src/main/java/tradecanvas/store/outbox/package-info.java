/**
 * What the truth has changed and its mirror has not confirmed yet, and the ports between the two. An entry names keys, not
 * values: the mirror is given what the truth holds when the entry is drained, so that replaying, doubling and reordering
 * entries ends in the same rows.
 */
@NullMarked
package tradecanvas.store.outbox;

import org.jspecify.annotations.NullMarked;

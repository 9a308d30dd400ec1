/**
 * Ends drift, from the truth to the mirror only: keys are put into the outbox, and the mirror is given what the truth then
 * holds. Each fix leaves its evidence in the truth's file.
 */
@NullMarked
package tradecanvas.store.repair;

import org.jspecify.annotations.NullMarked;

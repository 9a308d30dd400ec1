package tradecanvas.gateway.subscription;

/**
 * Bounds of the delivery.
 *
 * @param heldMessagesMax live messages that one subscription holds during a store read; past it they are read again
 * @param feedMessagesMax feed messages that wait for one event loop; past it closed candles are healed from the store
 * @param watermarkGraceS seconds beyond the time at which a series should have gone on until it is compared with the store
 */
public record SubscriptionSettings(int heldMessagesMax, int feedMessagesMax, int watermarkGraceS) {}

/**
 * Who gets what: catch-up, live delivery and gap healing of each subscription, one owner per event loop. Sockets join and leave here; the feed arrives here.
 */
@NullMarked
package tradecanvas.gateway.subscription;

import org.jspecify.annotations.NullMarked;

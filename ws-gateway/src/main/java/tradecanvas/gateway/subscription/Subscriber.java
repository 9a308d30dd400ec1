package tradecanvas.gateway.subscription;

import tradecanvas.gateway.fanout.Outlet;

/** The socket as its subscriptions see it. Called on the socket's event loop. */
public interface Subscriber {
    Outlet outlet();

    /** The catch-up of the subscribe that the socket waits for is queued. */
    void onCaughtUp(int candles, int messages);

    /** The history of a new subscription could not be read: the client must not go on without it. */
    void onHistoryUnavailable(Throwable failure);
}

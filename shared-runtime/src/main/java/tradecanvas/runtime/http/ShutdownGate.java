package tradecanvas.runtime.http;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Says whether this process still takes requests. Once closed it stays closed, and each new request is answered with 503.
 *
 * <p>Threads: any.
 */
@Singleton
public final class ShutdownGate {
    private volatile boolean closed;

    /** Turns new requests away from now on. */
    public void close() {
        closed = true;
    }

    public boolean isClosed() {
        return closed;
    }

    void onStop(@Observes ShutdownEvent event) {
        close();
    }
}

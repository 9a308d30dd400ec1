package tradecanvas.store.remote;

import java.io.IOException;

/** No connection to the worker could be made; the cause of a StoreUnavailableException that is no lack of patience. */
final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreachableException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}

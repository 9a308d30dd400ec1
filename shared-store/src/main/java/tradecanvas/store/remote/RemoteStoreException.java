package tradecanvas.store.remote;

import tradecanvas.store.api.StoreException;

/** The worker answered, but not what was asked: a refusal, a failure of its store, or an answer that cannot be read. */
public final class RemoteStoreException extends StoreException {
    private static final long serialVersionUID = 1L;

    RemoteStoreException(String message) {
        super(message);
    }

    RemoteStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}

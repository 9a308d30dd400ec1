package tradecanvas.store.api;

/** More work waits for the store than its bound allows; nothing was done, and the caller may try again later. */
public final class StoreOverloadedException extends StoreException {
    private static final long serialVersionUID = 1L;

    public StoreOverloadedException(String message) {
        super(message);
    }
}

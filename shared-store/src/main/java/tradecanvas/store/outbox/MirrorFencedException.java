package tradecanvas.store.outbox;

import tradecanvas.store.api.StoreException;

/** Somebody else has claimed the mirror since; this writer must not write to it any more. */
public final class MirrorFencedException extends StoreException {
    private static final long serialVersionUID = 1L;

    public MirrorFencedException(String message) {
        super(message);
    }
}

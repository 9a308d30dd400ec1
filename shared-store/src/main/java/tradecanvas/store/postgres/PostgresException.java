package tradecanvas.store.postgres;

import tradecanvas.store.api.StoreException;

/** A refusal of this adapter itself, without a failure of the driver behind it. */
final class PostgresException extends StoreException {
    private static final long serialVersionUID = 1L;

    PostgresException(String message) {
        super(message);
    }
}

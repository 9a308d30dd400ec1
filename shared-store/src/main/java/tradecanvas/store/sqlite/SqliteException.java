package tradecanvas.store.sqlite;

import tradecanvas.store.api.StoreException;

/** A refusal of this adapter itself, without a failure of the driver behind it. */
final class SqliteException extends StoreException {
    private static final long serialVersionUID = 1L;

    SqliteException(String message) {
        super(message);
    }
}

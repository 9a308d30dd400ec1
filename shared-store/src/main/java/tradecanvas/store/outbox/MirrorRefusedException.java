package tradecanvas.store.outbox;

import tradecanvas.store.api.StoreException;

/** The mirror refuses the content of a write; writing it again changes nothing, other rows may still be accepted. */
public final class MirrorRefusedException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    public MirrorRefusedException(String sqlState, String message, Throwable cause) {
        super(message, cause);
        this.sqlState = sqlState;
    }

    /** The five characters of SQLSTATE. */
    public String sqlState() {
        return sqlState;
    }
}

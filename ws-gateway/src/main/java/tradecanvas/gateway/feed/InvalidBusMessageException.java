package tradecanvas.gateway.feed;

/** A message on the bus that cannot be read; it is counted and skipped. */
final class InvalidBusMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidBusMessageException(String message) {
        super(message);
    }
}

package tradecanvas.ingest.feed;

/** What a gateway said cannot be understood; its text is the reason with which its socket is closed. */
final class InvalidGatewayMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidGatewayMessageException(String message) {
        super(message, null, false, false); // expected, so nobody reads its stack
    }
}

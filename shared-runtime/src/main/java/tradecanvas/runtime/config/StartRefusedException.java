package tradecanvas.runtime.config;

/** The settings contradict each other and the process must not serve; the message is the contract's text. */
public final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartRefusedException(String message) {
        super(message, null, false, false); // the text says it all
    }
}

package tradecanvas.load.process;

import java.io.IOException;

/** Something that a benchmark needs is not on this machine; the message says how to get it. */
public final class MissingPrerequisiteException extends IOException {
    private static final long serialVersionUID = 1L;

    public MissingPrerequisiteException(String message) {
        super(message);
    }
}

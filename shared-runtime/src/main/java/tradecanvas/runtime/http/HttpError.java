package tradecanvas.runtime.http;

/** An expected refusal of a request: a status and the contract's code, which clients see as {@code {"detail": code}}. */
public final class HttpError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public HttpError(int status, String detail) {
        super(detail, null, false, false); // expected, so nobody reads its stack
        this.status = status;
    }

    /** As {@link #HttpError(int, String)}, with what went wrong beneath. */
    public HttpError(int status, String detail, Throwable cause) {
        super(detail, cause, false, false);
        this.status = status;
    }

    /** The answer of a closed gate. */
    public static HttpError notFound() {
        return new HttpError(404, "not_found");
    }

    /** Answers as a closed gate unless it is open. */
    public static void requireGate(boolean open) {
        if (!open) {
            throw notFound();
        }
    }

    public int status() {
        return status;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}

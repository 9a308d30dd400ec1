package tradecanvas.runtime.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What the envelope says where no resource chose a code. */
final class ErrorText {
    private static final Logger LOG = Logger.getLogger(ErrorText.class);

    private ErrorText() {}

    static String ofStatus(int status) {
        return switch (status) {
            case 413 -> "payload_too_large";
            case 414 -> "uri_too_long";
            case 431 -> "request_header_fields_too_large";
            case 500 -> "internal_error";
            default -> HttpResponseStatus.valueOf(status).reasonPhrase();
        };
    }

    /** Logs a failure that nobody expected; the answer does not tell of it. */
    static String ofUnexpected(Throwable failure) {
        LOG.errorf(failure, "request failed id=%s", UUID.randomUUID());
        return ofStatus(500);
    }

    /** Nobody is left to answer, and a connection that breaks is no failure of ours. */
    static String ofLost(Throwable failure) {
        LOG.debugf(failure, "request lost its client");
        return ofStatus(500);
    }
}

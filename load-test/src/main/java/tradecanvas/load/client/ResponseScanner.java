package tradecanvas.load.client;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Cuts the bytes of a keep-alive connection into HTTP/1.1 responses of known length. Stateless; threads: any. */
public final class ResponseScanner {
    private ResponseScanner() {}

    /** Receives each complete response; the bytes are only valid during the call. */
    public interface Sink {
        void response(int status, byte[] data, int bodyOffset, int bodyLength);
    }

    /**
     * Hands every complete response between {@code from} and {@code to} to the sink.
     *
     * <p>Shape: returns the index of the first byte of an incomplete response. Errors: IllegalStateException for a
     * response without a content length, which no ingest endpoint sends.
     */
    public static int scan(byte[] data, int from, int to, Sink sink) {
        int next = from;
        while (true) {
            int body = endOfHead(data, next, to);
            if (body < 0) {
                return next;
            }
            String head = new String(data, next, body - next, StandardCharsets.ISO_8859_1);
            int length = contentLength(head);
            if (to - body < length) {
                return next;
            }
            sink.response(status(head), data, body, length);
            next = body + length;
        }
    }

    private static int endOfHead(byte[] data, int from, int to) {
        for (int i = from + 3; i < to; i++) {
            if (data[i] == '\n' && data[i - 1] == '\r' && data[i - 2] == '\n' && data[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int status(String head) {
        if (!head.startsWith("HTTP/1.1 ") || head.length() < 12) {
            throw new IllegalStateException("not a response: " + head);
        }
        return Integer.parseInt(head, 9, 12, 10);
    }

    private static int contentLength(String head) {
        String name = "\r\ncontent-length:";
        int at = head.toLowerCase(Locale.ROOT).indexOf(name);
        if (at < 0) {
            throw new IllegalStateException("response without a content length: " + head);
        }
        int end = head.indexOf('\r', at + 2);
        return Integer.parseInt(head.substring(at + name.length(), end).strip());
    }
}

package tradecanvas.system.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A TCP connection for bytes that no client library would send.
 *
 * <p>Bytes leave on a thread of their own, as a server that refuses a request need not read all of it. Owner: one test.
 */
public final class RawConnection implements AutoCloseable {
    /** What the end of the connection reads as. */
    public static final int END = -1;

    private static final int READ_MAX_MS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

    /** An HTTP answer; status 0 where the server ended the connection without one. Header names in lower case. */
    public record Answer(int status, Map<String, String> headers, String body) {}

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    public static RawConnection open(URI server) {
        return open(server, "127.0.0.1");
    }

    /** Connects from a loopback address of the test's choice. */
    public static RawConnection open(URI server, String fromAddress) {
        try {
            Socket socket = new Socket();
            socket.setSoTimeout(READ_MAX_MS);
            socket.bind(new InetSocketAddress(InetAddress.getByName(fromAddress), 0));
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            return new RawConnection(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public RawConnection send(byte[] bytes) {
        writer.execute(() -> {
            try {
                out.write(bytes);
            } catch (IOException _) {
                writer.shutdown(); // the server has turned this client away; its answer says why
            }
        });
        return this;
    }

    /** Sends text, one byte a character. */
    public RawConnection send(String latin1) {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next byte, or {@link #END}. */
    public int read() {
        try {
            return in.read();
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("nothing came within " + READ_MAX_MS + " ms", silent);
        } catch (IOException _) {
            return END; // a reset ends the connection as well
        }
    }

    /** So many bytes, fewer at the end. */
    public byte[] read(int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.min(count, 1 << 16));
        for (int next = 0; bytes.size() < count && next != END; ) {
            next = read();
            if (next != END) {
                bytes.write(next);
            }
        }
        return bytes.toByteArray();
    }

    /** Reads one HTTP answer; its body only where the head tells the length. */
    public Answer answer() {
        String statusLine = line();
        if (!statusLine.startsWith("HTTP/1.")) {
            return new Answer(0, Map.of(), statusLine);
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(read(length), StandardCharsets.UTF_8);
        return new Answer(Integer.parseInt(statusLine.substring(9, 12)), headers, body);
    }

    @Override
    public void close() {
        writer.shutdownNow();
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (int next = read(); next != '\n' && next != END; next = read()) {
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}

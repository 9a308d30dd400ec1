package tradecanvas.system.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection to Redis that speaks RESP, without a library of the project. Owner: one thread. */
public final class RedisWire implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private RedisWire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Connects to {@code redis://host:port/...}; passwords are not used here. */
    public static RedisWire connect(String url) {
        URI uri = URI.create(url);
        try {
            return new RedisWire(new Socket(uri.getHost(), uri.getPort()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Subscribes; what is published from now on comes by {@link #nextMessage}. */
    public RedisWire subscribe(String... channels) {
        List<String> command = new ArrayList<>(List.of("SUBSCRIBE"));
        command.addAll(List.of(channels));
        send(command);
        for (int i = 0; i < channels.length; i++) {
            read();
        }
        return this;
    }

    /** Channel and text of the next message, after waiting for it. */
    public List<String> nextMessage() {
        List<?> message = (List<?>) read();
        return List.of(String.valueOf(message.get(1)), String.valueOf(message.get(2)));
    }

    /** Publishes, and returns how many subscribers there were. */
    public long publish(String channel, String text) {
        send(List.of("PUBLISH", channel, text));
        return (Long) read();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void send(List<String> words) {
        StringBuilder command = new StringBuilder("*" + words.size() + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        try {
            out.write(command.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Object read() {
        try {
            String line = line();
            String rest = line.substring(1);
            return switch (line.charAt(0)) {
                case ':' -> Long.parseLong(rest);
                case '+' -> rest;
                case '$' -> text(Integer.parseInt(rest));
                case '*' -> {
                    List<Object> items = new ArrayList<>();
                    for (int i = Integer.parseInt(rest); i > 0; i--) {
                        items.add(read());
                    }
                    yield items;
                }
                default -> throw new IllegalStateException("Redis says " + line);
            };
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String text(int bytes) throws IOException {
        String text = new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
        line();
        return text;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("Redis ended the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}

package tradecanvas.system.client;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A client of a socket that keeps every text message it got. Threads: any. */
public final class MarketSocket implements WebSocket.Listener, AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    /** How the server closed the socket. */
    public record Closed(int code, String reason) {}

    private final List<String> messages = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private int read;
    private @Nullable WebSocket socket;

    private MarketSocket() {}

    public static MarketSocket connect(HttpClient http, URI address) {
        MarketSocket client = new MarketSocket();
        client.socket = http.newWebSocketBuilder().buildAsync(address, client).join();
        return client;
    }

    public MarketSocket send(String message) {
        open().sendText(message, true).join();
        return this;
    }

    /** Subscribes; {@code since} may be null. */
    public MarketSocket subscribe(String series, @Nullable Long since, boolean supportsBatch) {
        return send("{\"type\":\"subscribe\",\"series_id\":\"" + series + "\",\"since\":" + since
                + ",\"supports_batch\":" + supportsBatch + "}");
    }

    public MarketSocket unsubscribe(String series) {
        return send("{\"type\":\"unsubscribe\",\"series_id\":\"" + series + "\"}");
    }

    /** Waits for the next message that was not taken yet. */
    public String next() {
        synchronized (messages) {
            if (messages.size() > read) {
                return messages.get(read++);
            }
        }
        await().atMost(WAIT_MAX).pollInterval(Duration.ofMillis(2)).until(() -> {
            synchronized (messages) {
                return messages.size() > read;
            }
        });
        synchronized (messages) {
            return messages.get(read++);
        }
    }

    /** Waits for so many messages and takes them. */
    public List<String> take(int count) {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(next());
        }
        return taken;
    }

    /**
     * Everything that came before the answer to a message sent now: a message that is refused makes a mark in the stream,
     * as the server handles a client's messages one after the other.
     */
    public List<String> untilNow() {
        send("{\"type\":\"mark\"}");
        List<String> before = new ArrayList<>();
        for (String message = next(); !message.endsWith("\"unknown message type: mark\"}"); message = next()) {
            before.add(message);
        }
        return before;
    }

    /** All messages so far. */
    public List<String> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    /** Waits for the server's close. */
    public Closed awaitClose() {
        return closed.orTimeout(WAIT_MAX.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    public boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            synchronized (messages) {
                messages.add(partial.toString());
            }
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(new Closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.completeExceptionally(failure);
    }

    @Override
    public void close() {
        open().abort();
    }

    private WebSocket open() {
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        return socket;
    }
}

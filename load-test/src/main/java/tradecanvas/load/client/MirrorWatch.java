package tradecanvas.load.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Looks at how far a server's mirror is. Threads: any. */
public final class MirrorWatch implements AutoCloseable {
    private static final long POLL_NANOS = 20_000_000;

    private final URI mirror;
    private final TextClient http = new TextClient();

    /**
     * One look.
     *
     * @param rows candles that the mirror has confirmed since the server's start
     * @param outboxDepth changes that it has not
     */
    public record Sample(String state, long rows, long outboxDepth) {}

    public MirrorWatch(URI base) {
        mirror = base.resolve("/api/market/debug/mirror");
    }

    /** Errors: IllegalStateException where the server writes to one store only. */
    public Sample look() throws IOException, InterruptedException {
        return parse(http.get(mirror));
    }

    /** Waits until nothing is left to mirror. Errors: IOException when that takes longer than {@code timeMax}. */
    public Sample awaitDrained(Duration timeMax) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeMax.toNanos();
        Sample sample = look();
        while (sample.outboxDepth() > 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the mirror is not complete after " + timeMax.toSeconds() + " s: " + sample);
            }
            LockSupport.parkNanos(POLL_NANOS);
            sample = look();
        }
        return sample;
    }

    static Sample parse(byte[] body) throws IOException {
        JsonNode json = new ObjectMapper().readTree(body);
        String state = json.path("state").asText();
        if (state.equals("off") || !json.has("outbox_depth")) {
            throw new IllegalStateException("the server does not write to a mirror: " + json);
        }
        return new Sample(
                state, json.path("rows").asLong(), json.path("outbox_depth").asLong());
    }

    @Override
    public void close() {
        http.close();
    }
}

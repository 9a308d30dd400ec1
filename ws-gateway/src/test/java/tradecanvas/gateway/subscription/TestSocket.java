package tradecanvas.gateway.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import tradecanvas.gateway.fanout.FanOutMetrics;
import tradecanvas.gateway.fanout.Outlet;

/** A socket without a network: what it is sent can be read as short texts such as {@code closed 160}. */
final class TestSocket implements Subscriber {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the event loop has to do; an embedded channel's own loop would run tasks in the midst of a write. */
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    private final EmbeddedChannel channel = new EmbeddedChannel();
    final SocketSubscriptions subscriptions;
    int caughtUp;
    boolean historyUnavailable;
    boolean slow;
    private final Outlet outlet;

    TestSocket(FanOut fanOut, int queueBytesMax) {
        LoopSubscriptions loop = fanOut.of(tasks::add, tasks::add);
        this.outlet = new Outlet(channel, loop.flushes(), new FanOutMetrics(), queueBytesMax, () -> slow = true);
        this.subscriptions = new SocketSubscriptions(loop, this);
    }

    @Override
    public Outlet outlet() {
        return outlet;
    }

    @Override
    public void onCaughtUp(int candles, int messages) {
        caughtUp++;
    }

    @Override
    public void onHistoryUnavailable(Throwable failure) {
        historyUnavailable = true;
    }

    /** Runs everything the event loop has to do, and returns what was sent since the last call. */
    List<String> sent() {
        runTasks();
        channel.flushOutbound();
        List<String> messages = new ArrayList<>();
        for (ByteBuf frames = channel.readOutbound(); frames != null; frames = channel.readOutbound()) {
            while (frames.isReadable()) {
                messages.addAll(describe(payload(frames)));
            }
            frames.release();
        }
        return messages;
    }

    void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    private static String payload(ByteBuf frames) {
        frames.skipBytes(1);
        long length = frames.readUnsignedByte();
        if (length == 126) {
            length = frames.readUnsignedShort();
        } else if (length == 127) {
            length = frames.readLong();
        }
        return frames.readCharSequence((int) length, StandardCharsets.UTF_8).toString();
    }

    private static List<String> describe(String json) {
        try {
            JsonNode message = JSON.readTree(json);
            String type = message.get("type").textValue();
            return switch (type) {
                case "candle_closed" -> List.of("closed " + time(message.get("candle")));
                case "candle_forming" -> List.of("forming " + time(message.get("candle")));
                case "candles_batch" -> {
                    List<String> times = new ArrayList<>();
                    message.get("candles").forEach(candle -> times.add(Long.toString(time(candle))));
                    yield List.of("batch " + String.join(" ", times));
                }
                case "gap" -> List.of("gap " + message.get("expected_next_time") + " " + message.get("actual_time"));
                default -> List.of(type);
            };
        } catch (JsonProcessingException notJson) {
            throw new AssertionError(json, notJson);
        }
    }

    private static long time(JsonNode candle) {
        return candle.get("candle_time").longValue();
    }
}

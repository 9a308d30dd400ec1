package tradecanvas.load.smoke;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tradecanvas.load.client.ClosedCandleText;
import tradecanvas.load.client.ReceivedTimes;
import tradecanvas.load.client.SocketListener;

/**
 * One read-only client of the smoke.
 *
 * <p>A delivery is live when the socket had already caught up as its clock started: a {@code gap} up to the candle
 * announced it, or the head of the store had arrived before, or there was nothing to catch up. Everything else came out
 * of the history that a subscribe sends. Threads: the event loop; readable by others after it has stopped.
 */
final class Watcher implements SocketListener {
    /** How a candle reached the client. */
    enum Path {
        LIVE,
        CATCH_UP
    }

    private final Assignment assignment;
    private final ReceivedTimes received;
    private final long[] deliveredNanos;
    private final @Nullable Path[] paths;
    private int deliveries;
    private boolean finished;
    private boolean connected;
    private double connectMs = Double.NaN;
    private int messagesSeen;
    private int catchUpCandles;
    private int duplicates;
    private int outOfOrder;
    private long announcedGapTo = Long.MIN_VALUE;
    private long headReceivedNanos = Long.MAX_VALUE;
    private @Nullable String error;

    /**
     * What all watchers of a run share.
     *
     * <p>Units: {@code head} is the newest stored time before the run, empty when there is none or it is not known.
     * {@code finished} is counted down once a client that has all candles, failed or never connected.
     */
    record Assignment(
            SmokeParameters parameters, Trigger trigger, OptionalLong head, long startNanos, CountDownLatch finished) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    Watcher(Assignment assignment) {
        this.assignment = assignment;
        int count = assignment.trigger().count();
        this.received = new ReceivedTimes(assignment.parameters().stepSeconds());
        this.deliveredNanos = new long[count];
        this.paths = new Path[count];
        if (assignment.head().isPresent()
                && assignment.head().getAsLong() <= assignment.parameters().since()) {
            headReceivedNanos = Long.MIN_VALUE; // there is nothing to catch up
        }
    }

    @Override
    public String opened() {
        connected = true;
        connectMs = (System.nanoTime() - assignment.startNanos()) / 1e6;
        return "{\"type\":\"subscribe\",\"series_id\":\""
                + assignment.parameters().seriesId() + "\",\"since\":"
                + assignment.parameters().since() + ",\"supports_batch\":false}";
    }

    @Override
    public void message(byte[] data, int offset, int length, long nanoTime) {
        if (!finished) {
            messagesSeen++;
        }
        long time = ClosedCandleText.timeOf(data, offset, length);
        if (time == ClosedCandleText.NOT_A_CLOSED_CANDLE) {
            other(new String(data, offset, length, StandardCharsets.UTF_8), nanoTime);
        } else {
            candle(time, nanoTime);
        }
    }

    @Override
    public void failed(String reason) {
        if (!finished) {
            error = reason;
            finish();
        }
    }

    /** Ends the wait of a client that is still without a candle; on the event loop or after it has stopped. */
    void giveUp() {
        if (!finished && connected) {
            error = "timeout_waiting_trigger";
            finish();
        }
    }

    /** What became of the client; after the event loop has stopped. */
    ClientResult result(int clientId) {
        List<Double> deliverMs = new ArrayList<>();
        int live = 0;
        int beforeTrigger = 0;
        for (int i = 0; i < paths.length; i++) {
            OptionalLong start = assignment.trigger().startNanos(i);
            if (paths[i] != null && start.isPresent()) {
                double ms = (deliveredNanos[i] - start.getAsLong()) / 1e6;
                deliverMs.add(ms);
                live += paths[i] == Path.LIVE ? 1 : 0;
                beforeTrigger += ms < 0 ? 1 : 0;
            }
        }
        ClientResult.Checks checks =
                new ClientResult.Checks(live, beforeTrigger, catchUpCandles, duplicates, outOfOrder);
        return new ClientResult(clientId, connected, connectMs, allDelivered(), deliverMs, messagesSeen, checks, error);
    }

    private void other(String text, long nanoTime) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            failed("not JSON: " + malformed.getOriginalMessage());
            return;
        }
        switch (message.path("type").asText()) {
            case "candle_closed" ->
                candle(message.path("candle").path("candle_time").asLong(), nanoTime);
            case "candles_batch" ->
                message.path("candles")
                        .forEach(each -> candle(each.path("candle_time").asLong(), nanoTime));
            case "gap" -> announcedGapTo = message.path("actual_time").asLong();
            case "error" ->
                failed("ws_error:" + message.path("code").asText() + ":"
                        + message.path("message").asText());
            default -> {
                // system and forming messages only count
            }
        }
    }

    private void candle(long time, long nanoTime) {
        switch (received.accept(time)) {
            case FIRST, NEXT, JUMP -> {}
            case DUPLICATE -> {
                duplicates++;
                return;
            }
            case OUT_OF_ORDER -> outOfOrder++;
        }
        int index = assignment.trigger().indexOf(time);
        if (index < 0) {
            catchUpCandles++;
            if (time >= assignment.head().orElse(Long.MAX_VALUE)) {
                headReceivedNanos = Math.min(headReceivedNanos, nanoTime);
            }
            return;
        }
        deliveredNanos[index] = nanoTime;
        paths[index] = pathOf(index, time, nanoTime);
        deliveries++;
        if (allDelivered()) {
            finish();
        }
    }

    private Path pathOf(int index, long time, long nanoTime) {
        OptionalLong start = assignment.trigger().startNanos(index);
        if (start.isEmpty() || nanoTime - start.getAsLong() < 0) {
            return Path.CATCH_UP;
        }
        if (index > 0 && paths[index - 1] == Path.LIVE) {
            return Path.LIVE;
        }
        return announcedGapTo == time || headReceivedNanos < start.getAsLong() ? Path.LIVE : Path.CATCH_UP;
    }

    private boolean allDelivered() {
        return deliveries == deliveredNanos.length;
    }

    private void finish() {
        if (!finished) {
            finished = true;
            assignment.finished().countDown();
        }
    }
}

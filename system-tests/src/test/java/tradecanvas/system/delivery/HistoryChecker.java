package tradecanvas.system.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;

/**
 * Holds what one subscription was sent against the rules of delivery.
 *
 * <p>Closed candles ascend without repetition; a step of more than a candle follows a {@code gap} that names it; a
 * forming candle is never older than a closed one. Stricter than the contract, holes inside a batch or a catch-up count
 * as well: the series of these tests have none. Threads: any.
 */
public final class HistoryChecker {
    private record Gap(long expected, long actual) {}

    private final String series;
    private final @Nullable Long since;
    private final List<JsonNode> candles = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private @Nullable Long lastClosed;
    private @Nullable Gap announced;

    /** @param since as in the subscribe: the time of the newest candle that the client has, or null */
    public HistoryChecker(String series, @Nullable Long since) {
        this.series = series;
        this.since = since;
        this.lastClosed = since;
    }

    /** The next message that the subscription was sent. */
    public synchronized void receive(String text) {
        JsonNode message = Api.json(text);
        String type = message.path("type").asText();
        if (!message.path("series_id").asText().equals(series)) {
            violations.add("not of series " + series + ": " + text);
        } else if (announced != null && !isClosed(type)) {
            violations.add("between a gap and its candle: " + text);
        } else {
            receive(type, message, text);
        }
    }

    /** Whether the message carries the candle right behind since. */
    synchronized boolean isBegunBy(String text) {
        JsonNode message = Api.json(text);
        JsonNode first = message.has("candles") ? message.get("candles").path(0) : message.path("candle");
        return since != null
                && isClosed(message.path("type").asText())
                && first.path("candle_time").longValue() == since + SeriesApi.STEP_S;
    }

    private void receive(String type, JsonNode message, String text) {
        switch (type) {
            case "candle_closed" -> close(message.get("candle"));
            case "candles_batch" -> closeAll(message.get("candles"));
            case "candle_forming" -> form(message.get("candle"));
            case "gap" ->
                announce(
                        message.get("expected_next_time").longValue(),
                        message.get("actual_time").longValue());
            case "system" -> {}
            default -> violations.add("unexpected message: " + text);
        }
    }

    /** The connection was replaced by one that goes on behind the newest candle; what was announced is announced again. */
    public synchronized void resumed() {
        announced = null;
    }

    /** The newest closed candle that the client has, or null. */
    public synchronized @Nullable Long lastClosed() {
        return lastClosed;
    }

    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** How many holes were announced. */
    public synchronized int gaps() {
        return gaps.size();
    }

    /**
     * Fails for every violation so far, and where the client does not hold exactly the stored candles after its since.
     *
     * @param stored all stored candles of the series, ascending
     */
    public synchronized void verify(List<JsonNode> stored) {
        assertThat(violations).isEmpty();
        List<JsonNode> wanted = stored.stream()
                .filter(candle -> since == null || timeOf(candle) > since)
                .toList();
        assertThat(candles.stream().map(HistoryChecker::timeOf).toList())
                .as("closed times after %s", since)
                .isEqualTo(wanted.stream().map(HistoryChecker::timeOf).toList());
        assertThat(candles).as("closed candles after %s", since).isEqualTo(wanted);
        assertThat(gaps)
                .as("announced gaps, without a stored candle in them")
                .allSatisfy(gap -> assertThat(wanted)
                        .noneMatch(candle -> timeOf(candle) >= gap.expected && timeOf(candle) < gap.actual));
    }

    private void closeAll(JsonNode batch) {
        if (batch.isEmpty()) {
            violations.add("empty batch");
        }
        batch.forEach(this::close);
    }

    private void close(JsonNode candle) {
        long time = timeOf(candle);
        if (lastClosed != null) {
            checkStep(lastClosed, time);
        }
        announced = null;
        candles.add(candle);
        lastClosed = time;
    }

    private void checkStep(long last, long time) {
        if (time == last) {
            violations.add("closed twice: " + time);
        } else if (time < last) {
            violations.add("closed out of order: " + time + " after " + last);
        } else if (announced != null && announced.actual != time) {
            violations.add("gap announced up to " + announced.actual + " before " + time);
        } else if (announced == null && time > last + SeriesApi.STEP_S && !beginsBeforeAllTime(last)) {
            violations.add("silent gap from " + last + " to " + time);
        }
    }

    /** A client that asks for everything with 0 or less is not told that the series begins later. */
    private boolean beginsBeforeAllTime(long last) {
        return candles.isEmpty() && last <= 0;
    }

    private void form(JsonNode candle) {
        if (lastClosed != null && timeOf(candle) <= lastClosed) {
            violations.add("forming " + timeOf(candle) + " behind closed " + lastClosed);
        }
    }

    private void announce(long expected, long actual) {
        if (lastClosed == null || expected != lastClosed + SeriesApi.STEP_S || actual <= expected) {
            violations.add("gap from " + expected + " to " + actual + " behind closed " + lastClosed);
        }
        announced = new Gap(expected, actual);
        gaps.add(announced);
    }

    private static boolean isClosed(String type) {
        return type.equals("candle_closed") || type.equals("candles_batch");
    }

    private static long timeOf(JsonNode candle) {
        return candle.get("candle_time").longValue();
    }
}

package tradecanvas.runtime.debug;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.wire.JsonBuffer;

/**
 * One thing that happened.
 *
 * <p>Units: {@code timeMs} in Unix milliseconds. {@code data} holds text, numbers, booleans and nulls; anything else is
 * shown as its text, and an empty map is left out.
 */
public record DebugEvent(
        long timeMs,
        Pipe pipe,
        String event,
        @Nullable String seriesId,
        Level level,
        String message,
        Map<String, ? extends @Nullable Object> data) {
    public DebugEvent {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** Which half of the system speaks. */
    public enum Pipe {
        READ,
        WRITE;

        private final String wireName = name().toLowerCase(Locale.ROOT);
    }

    /** How much it matters. */
    public enum Level {
        INFO,
        WARN,
        ERROR;

        private final String wireName = name().toLowerCase(Locale.ROOT);
    }

    /** Appends the event as the debug socket's JSON object. */
    public void write(JsonBuffer json) {
        json.ascii("{\"ts_ms\":").number(timeMs);
        json.ascii(",\"source\":\"backend\",\"pipe\":").string(pipe.wireName);
        json.ascii(",\"event\":").string(event);
        json.ascii(",\"series_id\":");
        text(json, seriesId);
        json.ascii(",\"level\":").string(level.wireName);
        json.ascii(",\"message\":").string(message);
        if (!data.isEmpty()) {
            json.ascii(",\"data\":");
            writeData(json);
        }
        json.ascii("}");
    }

    private void writeData(JsonBuffer json) {
        String separator = "{";
        for (var entry : data.entrySet()) {
            json.ascii(separator).string(entry.getKey()).ascii(":");
            value(json, entry.getValue());
            separator = ",";
        }
        json.ascii("}");
    }

    private static void value(JsonBuffer json, @Nullable Object value) {
        switch (value) {
            case Long number -> json.number(number);
            case Integer number -> json.number(number.longValue());
            case Double number when Double.isFinite(number) -> json.number(number);
            case Boolean truth -> json.ascii(truth.toString());
            case null, default -> text(json, value == null ? null : value.toString());
        }
    }

    private static void text(JsonBuffer json, @Nullable String text) {
        if (text == null) {
            json.ascii("null");
        } else {
            json.string(text);
        }
    }
}

package tradecanvas.store.remote;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;
import tradecanvas.store.api.GapSummary;

/**
 * The fields of one JSON object. What is null or not known is left out.
 *
 * <p>Errors: IllegalArgumentException where a field that must be there is missing or of another kind.
 */
final class AnswerFields {
    private static final Map<String, AnswerReader<?>> LISTS = Map.of(
            "candles", AnswerFields::candle,
            "recent", AnswerFields::gap,
            "behind", JsonParser::getText,
            "spans", DigestJson::span,
            "digests", DigestJson::digest,
            "rows", DigestJson::row,
            "fixes", RepairJson::fix,
            "audit", RepairJson::audited,
            "settlements", RepairJson::settlement);
    private static final int CANDLE_FIELDS = 6;

    private final Map<String, Object> values = new HashMap<>();

    private AnswerFields() {}

    /** Reads the object at whose start the parser stands, up to its end. */
    static AnswerFields of(JsonParser json) throws IOException {
        AnswerFields fields = new AnswerFields();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            Object value = value(name, json.nextToken(), json);
            if (value != null) {
                fields.values.put(name, value);
            }
        }
        return fields;
    }

    long number(String name) {
        return value(name, Long.class);
    }

    @Nullable
    Long numberOrNull(String name) {
        return values.containsKey(name) ? (Long) number(name) : null;
    }

    String text(String name) {
        return value(name, String.class);
    }

    boolean flag(String name) {
        return value(name, Boolean.class);
    }

    <T> List<T> list(String name, Class<T> type) {
        List<?> list = value(name, List.class);
        return list.stream().<T>map(type::cast).toList();
    }

    private <T> T value(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("no " + name);
        }
        return type.cast(value);
    }

    private static @Nullable Object value(String name, JsonToken token, JsonParser json) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return json.getLongValue();
        }
        if (token == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        AnswerReader<?> element = LISTS.get(name);
        if (token == JsonToken.START_ARRAY && element != null) {
            return list(json, element);
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return token == JsonToken.VALUE_TRUE;
        }
        json.skipChildren();
        return null;
    }

    private static List<Object> list(JsonParser json, AnswerReader<?> element) throws IOException {
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(element.read(json));
        }
        return list;
    }

    private static Candle candle(JsonParser json) throws IOException {
        long time = 0;
        double open = 0;
        double high = 0;
        double low = 0;
        double close = 0;
        double volume = 0;
        int known = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            known++;
            switch (name) {
                case "candle_time" -> time = json.getLongValue();
                case "open" -> open = json.getDoubleValue();
                case "high" -> high = json.getDoubleValue();
                case "low" -> low = json.getDoubleValue();
                case "close" -> close = json.getDoubleValue();
                case "volume" -> volume = json.getDoubleValue();
                default -> {
                    known--;
                    json.skipChildren();
                }
            }
        }
        if (known != CANDLE_FIELDS) {
            throw new IllegalArgumentException("a candle with " + known + " of its " + CANDLE_FIELDS + " fields");
        }
        return new Candle(time, open, high, low, close, volume);
    }

    private static GapSummary.Gap gap(JsonParser json) throws IOException {
        AnswerFields gap = of(json);
        return new GapSummary.Gap(gap.number("previous_time"), gap.number("next_time"));
    }
}

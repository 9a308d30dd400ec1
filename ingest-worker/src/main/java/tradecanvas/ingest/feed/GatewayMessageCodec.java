package tradecanvas.ingest.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.series.SeriesId;

/** Reads what gateways say. Fields that it does not know are skipped. Stateless. */
final class GatewayMessageCodec {
    /** Series of one message. */
    static final int SERIES_MAX = 1_000;

    static final int TTL_MS_MIN = 1_000;
    static final int TTL_MS_MAX = 600_000;

    private static final int NESTING_MAX = 8;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build())
            .build();

    private GatewayMessageCodec() {}

    /**
     * The message.
     *
     * @throws InvalidGatewayMessageException with what is wrong with it
     */
    static GatewayMessage read(String text) throws InvalidGatewayMessageException {
        Fields fields = new Fields();
        try (JsonParser json = JSON.createParser(text)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "not an object");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                readField(json, fields);
            }
            require(json.nextToken() == null, "more than an object");
        } catch (JsonProcessingException malformed) {
            throw new InvalidGatewayMessageException("not JSON");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it reads a string
        }
        return fields.message();
    }

    private static void readField(JsonParser json, Fields fields) throws IOException, InvalidGatewayMessageException {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        switch (name) {
            case "type" -> {
                require(value == JsonToken.VALUE_STRING, "type is no text");
                fields.type = json.getText();
            }
            case "on" -> {
                require(value.isBoolean(), "on is no boolean");
                fields.on = json.getBooleanValue();
            }
            case "ttl_ms" -> fields.ttlMs = integer(json, value, "ttl_ms", TTL_MS_MIN, TTL_MS_MAX);
            case "series" -> fields.series = series(json, value);
            default -> json.skipChildren();
        }
    }

    private static Map<String, Integer> series(JsonParser json, JsonToken first)
            throws IOException, InvalidGatewayMessageException {
        require(first == JsonToken.START_OBJECT, "series is no object");
        Map<String, Integer> series = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String id = json.currentName();
            require(SeriesId.tryParse(id).isPresent(), "series has a name that is no series id");
            series.put(id, integer(json, json.nextToken(), "watchers", 0, Integer.MAX_VALUE));
            require(series.size() <= SERIES_MAX, "more than " + SERIES_MAX + " series");
        }
        return series;
    }

    private static int integer(JsonParser json, JsonToken value, String name, int minimum, int maximum)
            throws IOException, InvalidGatewayMessageException {
        if (value != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() != JsonParser.NumberType.INT
                || json.getIntValue() < minimum
                || json.getIntValue() > maximum) {
            throw new InvalidGatewayMessageException(name + " is no integer of " + minimum + ".." + maximum);
        }
        return json.getIntValue();
    }

    private static void require(boolean met, String refusal) throws InvalidGatewayMessageException {
        if (!met) {
            throw new InvalidGatewayMessageException(refusal);
        }
    }

    /** The fields that were found. */
    private static final class Fields {
        private @Nullable String type;
        private @Nullable Boolean on;
        private @Nullable Integer ttlMs;
        private @Nullable Map<String, Integer> series;

        GatewayMessage message() throws InvalidGatewayMessageException {
            if ("events".equals(type)) {
                return new GatewayMessage.Events(required(on, "on is no boolean"));
            }
            if ("demand".equals(type)) {
                return new GatewayMessage.Demand(
                        required(ttlMs, "ttl_ms is missing"), required(series, "series is missing"));
            }
            throw new InvalidGatewayMessageException("type is neither events nor demand");
        }

        private static <T> T required(@Nullable T field, String refusal) throws InvalidGatewayMessageException {
            if (field == null) {
                throw new InvalidGatewayMessageException(refusal);
            }
            return field;
        }
    }
}

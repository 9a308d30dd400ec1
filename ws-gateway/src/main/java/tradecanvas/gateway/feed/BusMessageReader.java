package tradecanvas.gateway.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.bus.BusMessage;
import tradecanvas.model.bus.BusMessageCodec;
import tradecanvas.model.bus.BusSource;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

/** Reads bus messages, also those of other instances; see docs/reference/bus.md. Stateless. */
final class BusMessageReader {
    private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(JsonNode.class);

    private BusMessageReader() {}

    /**
     * The message.
     *
     * @throws InvalidBusMessageException with what is wrong with it
     */
    static BusMessage read(byte[] text) throws InvalidBusMessageException {
        try {
            JsonNode message = JSON.readTree(text);
            if (message == null || !message.isObject()) {
                throw new InvalidBusMessageException("not an object");
            }
            return read(message);
        } catch (JsonProcessingException notJson) {
            throw new InvalidBusMessageException("not JSON: " + notJson.getOriginalMessage());
        } catch (IOException | IllegalArgumentException invalid) {
            throw new InvalidBusMessageException(String.valueOf(invalid.getMessage()));
        }
    }

    private static BusMessage read(JsonNode message) throws InvalidBusMessageException {
        BusSource source = new BusSource(text(message, "source"));
        String type = text(message, "event_type");
        JsonNode payload = message.get("payload");
        if (payload == null || !payload.isObject()) {
            throw new InvalidBusMessageException("payload is no object");
        }
        if (type.equals(BusMessageCodec.HEARTBEAT)) {
            if (!source.hasEpoch()) {
                throw new InvalidBusMessageException("heartbeat of no worker");
            }
            return new BusMessage.Heartbeat(source, integer(payload, "position"), integer(payload, "sent_at_ms"));
        }
        if (type.equals(BusMessageCodec.CANDLES_BATCH)) {
            return batch(source, text(message, "series_id"), payload);
        }
        return new BusMessage.Event(source, event(SeriesId.parse(text(message, "series_id")), type, payload));
    }

    private static FeedEvent event(SeriesId series, String type, JsonNode payload) throws InvalidBusMessageException {
        return switch (type) {
            case BusMessageCodec.CANDLE_CLOSED -> new FeedEvent.Closed(series, candle(payload.get("candle")));
            case BusMessageCodec.CANDLE_FORMING -> new FeedEvent.Forming(series, candle(payload.get("candle")));
            case BusMessageCodec.SYSTEM ->
                new FeedEvent.SystemNotice(
                        series, text(payload, "event"), text(payload, "message"), data(payload.get("data")));
            default -> throw new InvalidBusMessageException("unknown event_type " + type);
        };
    }

    private static BusMessage batch(BusSource source, String series, JsonNode payload)
            throws InvalidBusMessageException {
        JsonNode list = payload.get("candles");
        if (list == null || !list.isArray()) {
            throw new InvalidBusMessageException("candles is no array");
        }
        TreeMap<Long, Candle> byTime = new TreeMap<>(); // of two with the same time the later one holds
        for (JsonNode candle : list) {
            if (candle.isObject()) {
                Candle read = candle(candle);
                byTime.put(read.openTime(), read);
            }
        }
        if (byTime.isEmpty()) {
            return new BusMessage.Probe(source);
        }
        List<Candle> candles = List.copyOf(byTime.values());
        SeriesId id = SeriesId.parse(series);
        return new BusMessage.Event(
                source,
                candles.size() == 1
                        ? new FeedEvent.Closed(id, candles.getFirst())
                        : new FeedEvent.ClosedBatch(id, candles));
    }

    private static Candle candle(@Nullable JsonNode candle) throws InvalidBusMessageException {
        if (candle == null || !candle.isObject()) {
            throw new InvalidBusMessageException("candle is no object");
        }
        return new Candle(
                integer(candle, "candle_time"),
                number(candle, "open"),
                number(candle, "high"),
                number(candle, "low"),
                number(candle, "close"),
                number(candle, "volume"));
    }

    private static Map<String, String> data(@Nullable JsonNode data) {
        Map<String, String> texts = new HashMap<>();
        if (data != null) {
            data.properties()
                    .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        }
        return texts;
    }

    private static String text(JsonNode object, String name) throws InvalidBusMessageException {
        JsonNode value = object.get(name);
        if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
            throw new InvalidBusMessageException(name + " is no text");
        }
        return value.textValue();
    }

    private static long integer(JsonNode object, String name) throws InvalidBusMessageException {
        JsonNode value = object.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new InvalidBusMessageException(name + " is no integer");
        }
        return value.longValue();
    }

    private static double number(JsonNode object, String name) throws InvalidBusMessageException {
        JsonNode value = object.get(name);
        if (value == null || !value.isNumber()) {
            throw new InvalidBusMessageException(name + " is no number");
        }
        return value.doubleValue();
    }
}

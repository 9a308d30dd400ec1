package tradecanvas.model.bus;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.model.wire.ServerMessageCodec;

/**
 * Writes bus messages: compact JSON in ASCII, keys in the contract's order.
 *
 * <p>A probe is a batch without candles, which no instance delivers to anybody. Stateless. Gateways read it with their JSON
 * parser.
 */
public final class BusMessageCodec {
    public static final String CANDLE_CLOSED = "candle_closed";
    public static final String CANDLES_BATCH = "candles_batch";
    public static final String CANDLE_FORMING = "candle_forming";
    public static final String SYSTEM = "system";
    public static final String HEARTBEAT = "heartbeat";

    private static final String PROBE_SERIES = "probe";
    private static final int BYTES_PER_CANDLE = 128;

    private BusMessageCodec() {}

    public static byte[] encode(BusMessage message) {
        JsonBuffer json = new JsonBuffer(sizeHint(message));
        json.ascii("{\"version\":1,\"source\":").asciiString(message.source().text());
        switch (message) {
            case BusMessage.Event event -> write(json, event.event());
            case BusMessage.Probe _ -> head(json, PROBE_SERIES, CANDLES_BATCH).ascii("\"candles\":[]");
            case BusMessage.Heartbeat heartbeat ->
                json.ascii(",\"event_type\":\"" + HEARTBEAT + "\",\"payload\":{\"position\":")
                        .number(heartbeat.position())
                        .ascii(",\"sent_at_ms\":")
                        .number(heartbeat.sentAtMs());
        }
        return json.ascii("}}").toByteArray();
    }

    private static void write(JsonBuffer json, FeedEvent event) {
        String series = event.series().text();
        switch (event) {
            case FeedEvent.Closed closed -> candle(head(json, series, CANDLE_CLOSED), closed.candle());
            case FeedEvent.Forming forming -> candle(head(json, series, CANDLE_FORMING), forming.candle());
            case FeedEvent.ClosedBatch batch -> {
                head(json, series, CANDLES_BATCH).ascii("\"candles\":");
                ServerMessageCodec.writeCandles(json, batch.candles());
            }
            case FeedEvent.SystemNotice notice -> {
                head(json, series, SYSTEM)
                        .ascii("\"event\":")
                        .asciiString(notice.event())
                        .ascii(",\"message\":")
                        .asciiString(notice.message())
                        .ascii(",\"data\":");
                data(json, notice.data());
            }
        }
    }

    private static JsonBuffer head(JsonBuffer json, String series, String eventType) {
        return json.ascii(",\"series_id\":")
                .asciiString(series)
                .ascii(",\"event_type\":\"")
                .ascii(eventType)
                .ascii("\",\"payload\":{");
    }

    private static void candle(JsonBuffer json, Candle candle) {
        ServerMessageCodec.writeCandle(json.ascii("\"candle\":"), candle);
    }

    private static void data(JsonBuffer json, Map<String, String> data) {
        String separator = "{";
        for (var entry : new TreeMap<>(data).entrySet()) {
            json.ascii(separator).asciiString(entry.getKey()).ascii(":").asciiString(entry.getValue());
            separator = ",";
        }
        json.ascii(data.isEmpty() ? "{}" : "}");
    }

    private static int sizeHint(BusMessage message) {
        int candles = message instanceof BusMessage.Event(var _, FeedEvent.ClosedBatch(var _, List<Candle> batch))
                ? batch.size()
                : 1;
        return 256 + candles * BYTES_PER_CANDLE;
    }
}

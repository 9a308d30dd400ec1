package tradecanvas.model.wire;

import java.util.List;
import java.util.TreeMap;
import tradecanvas.model.candle.Candle;

/** Writes server messages as the contract's compact JSON. Stateless. */
public final class ServerMessageCodec {
    private ServerMessageCodec() {}

    /** The message as UTF-8 JSON without blanks. */
    public static byte[] encode(ServerMessage message) {
        JsonBuffer json = new JsonBuffer(sizeHint(message));
        write(json, message);
        return json.toByteArray();
    }

    /** Appends the message to a buffer that the caller reuses. */
    public static void write(JsonBuffer json, ServerMessage message) {
        switch (message) {
            case ServerMessage.CandleClosed closed ->
                writeCandle(json, "candle_closed", closed.seriesId(), closed.candle());
            case ServerMessage.CandleForming forming ->
                writeCandle(json, "candle_forming", forming.seriesId(), forming.candle());
            case ServerMessage.CandlesBatch batch -> {
                head(json, "candles_batch", batch.seriesId()).ascii(",\"candles\":");
                writeCandles(json, batch.candles());
                json.ascii("}");
            }
            case ServerMessage.Gap gap ->
                head(json, "gap", gap.seriesId())
                        .ascii(",\"expected_next_time\":")
                        .number(gap.expectedNextTime())
                        .ascii(",\"actual_time\":")
                        .number(gap.actualTime())
                        .ascii("}");
            case ServerMessage.SystemNotice notice -> writeNotice(json, notice);
            case ServerMessage.Refusal refusal -> writeRefusal(json, refusal);
        }
    }

    /** Appends one candle object. */
    public static void writeCandle(JsonBuffer json, Candle candle) {
        json.ascii("{\"candle_time\":")
                .number(candle.openTime())
                .ascii(",\"open\":")
                .number(candle.open())
                .ascii(",\"high\":")
                .number(candle.high())
                .ascii(",\"low\":")
                .number(candle.low())
                .ascii(",\"close\":")
                .number(candle.close())
                .ascii(",\"volume\":")
                .number(candle.volume())
                .ascii("}");
    }

    /** Appends an array of candle objects. */
    public static void writeCandles(JsonBuffer json, List<Candle> candles) {
        json.ascii("[");
        for (int i = 0; i < candles.size(); i++) {
            if (i > 0) {
                json.ascii(",");
            }
            writeCandle(json, candles.get(i));
        }
        json.ascii("]");
    }

    private static void writeCandle(JsonBuffer json, String type, String seriesId, Candle candle) {
        head(json, type, seriesId).ascii(",\"candle\":");
        writeCandle(json, candle);
        json.ascii("}");
    }

    private static void writeNotice(JsonBuffer json, ServerMessage.SystemNotice notice) {
        head(json, "system", notice.seriesId())
                .ascii(",\"event\":")
                .string(notice.event())
                .ascii(",\"message\":")
                .string(notice.message())
                .ascii(",\"data\":{");
        String separator = "";
        for (var entry : new TreeMap<>(notice.data()).entrySet()) {
            json.ascii(separator).string(entry.getKey()).ascii(":").string(entry.getValue());
            separator = ",";
        }
        json.ascii("}}");
    }

    private static void writeRefusal(JsonBuffer json, ServerMessage.Refusal refusal) {
        json.ascii("{\"type\":\"error\",\"code\":")
                .string(refusal.code())
                .ascii(",\"message\":")
                .string(refusal.message());
        if (refusal.seriesId() != null) {
            json.ascii(",\"series_id\":").string(refusal.seriesId());
        }
        json.ascii("}");
    }

    private static JsonBuffer head(JsonBuffer json, String type, String seriesId) {
        return json.ascii("{\"type\":\"").ascii(type).ascii("\",\"series_id\":").string(seriesId);
    }

    private static int sizeHint(ServerMessage message) {
        return message instanceof ServerMessage.CandlesBatch batch
                ? 96 + batch.candles().size() * 128
                : 256;
    }
}

package tradecanvas.gateway.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.wire.ServerMessage.Refusal;

/** Reads client messages and checks them in the contract's order. Stateless. */
final class ClientMessageCodec {
    private static final ObjectReader JSON =
            JsonMapper.builder().build().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final BigInteger TIME_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger TIME_MIN = BigInteger.valueOf(Long.MIN_VALUE);

    private ClientMessageCodec() {}

    /** The message, or its refusal; never fails. */
    static ClientMessage decode(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return notAnObject();
        }
        return message != null && message.isObject() ? check(message) : notAnObject();
    }

    /** What a frame that is not JSON text is answered. */
    static ClientMessage notAnObject() {
        return refused("invalid message envelope");
    }

    private static ClientMessage check(JsonNode message) {
        String type = text(message.get("type"));
        if (type == null) {
            return refused("missing message type");
        }
        return switch (type) {
            case "subscribe" -> subscribe(message);
            case "unsubscribe" -> {
                String series = text(message.get("series_id"));
                yield series == null ? new ClientMessage.Nothing() : new ClientMessage.Unsubscribe(series);
            }
            default -> refused("unknown message type: " + type);
        };
    }

    private static ClientMessage subscribe(JsonNode message) {
        String seriesText = text(message.get("series_id"));
        if (seriesText == null) {
            return refused("missing series_id");
        }
        JsonNode since = message.get("since");
        if (isPresent(since) && !since.isIntegralNumber()) {
            return refused("invalid since");
        }
        JsonNode supportsBatch = message.get("supports_batch");
        if (isPresent(supportsBatch) && !supportsBatch.isBoolean()) {
            return refused("invalid supports_batch");
        }
        return SeriesId.tryParse(seriesText)
                .<ClientMessage>map(series -> new ClientMessage.Subscribe(
                        series,
                        isPresent(since) ? time(since) : null,
                        isPresent(supportsBatch) && supportsBatch.booleanValue()))
                .orElseGet(() -> new ClientMessage.Refused(Refusal.badSeries(seriesText)));
    }

    /** Times beyond 64 bits mean the same as the outermost time: everything, or nothing, is later. */
    private static long time(JsonNode since) {
        return since.bigIntegerValue().min(TIME_MAX).max(TIME_MIN).longValueExact();
    }

    private static boolean isPresent(@Nullable JsonNode field) {
        return field != null && !field.isNull();
    }

    private static @Nullable String text(@Nullable JsonNode field) {
        return field != null && field.isTextual() && !field.textValue().isEmpty() ? field.textValue() : null;
    }

    private static ClientMessage refused(String message) {
        return new ClientMessage.Refused(Refusal.badRequest(message));
    }
}

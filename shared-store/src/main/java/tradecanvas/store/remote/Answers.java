package tradecanvas.store.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tradecanvas.model.candle.Candle;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.GapSummary;
import tradecanvas.store.api.SeriesExtent;

/**
 * Reads what {@link StoreAnswers} writes. Doubles come back bit for bit: the writer's shortest text names exactly one.
 * Stateless.
 */
final class Answers {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private Answers() {}

    /** Reads one object that is all of the bytes. */
    static <T> T parse(byte[] bytes, AnswerReader<T> reader) throws IOException {
        try (JsonParser json = JSON.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no object");
            }
            T value = reader.read(json);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("more than one value");
            }
            return value;
        }
    }

    static CandlePage page(JsonParser json) throws IOException {
        AnswerFields fields = AnswerFields.of(json);
        return new CandlePage(fields.list("candles", Candle.class), fields.numberOrNull("head_time"));
    }

    static List<Candle> candles(JsonParser json) throws IOException {
        return AnswerFields.of(json).list("candles", Candle.class);
    }

    static Long count(JsonParser json) throws IOException {
        return AnswerFields.of(json).number("count");
    }

    static SeriesExtent extent(JsonParser json) throws IOException {
        AnswerFields fields = AnswerFields.of(json);
        return new SeriesExtent(
                fields.numberOrNull("first_time"), fields.numberOrNull("head_time"), fields.number("count"));
    }

    static GapSummary gaps(JsonParser json) throws IOException {
        AnswerFields fields = AnswerFields.of(json);
        return new GapSummary(
                fields.number("count"), fields.number("seconds_max"), fields.list("recent", GapSummary.Gap.class));
    }

    static MirrorLag lag(JsonParser json) throws IOException {
        AnswerFields fields = AnswerFields.of(json);
        return new MirrorLag(
                fields.number("epoch"),
                MirrorLag.State.valueOf(fields.text("state").toUpperCase(Locale.ROOT)),
                fields.number("lease_ms"),
                Set.copyOf(fields.list("behind", String.class)));
    }

    static String detail(JsonParser json) throws IOException {
        return AnswerFields.of(json).text("detail");
    }
}

package tradecanvas.store.remote;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.store.digest.Digest;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.digest.SeriesSpan;
import tradecanvas.store.outbox.MirrorPosition;

/**
 * The JSON of digests, both ways. Hashes and bits are hexadecimal text, as many readers of JSON keep no 64-bit numbers.
 * Stateless.
 */
public final class DigestJson {
    private static final HexFormat HEX = HexFormat.of();
    private static final int BYTES_PER_ITEM = 160;

    private DigestJson() {}

    public static JsonBuffer series(List<SeriesSpan> series) {
        JsonBuffer json = new JsonBuffer(64 + series.size() * BYTES_PER_ITEM).ascii("{\"spans\":[");
        String separator = "";
        for (SeriesSpan span : series) {
            json.ascii(separator).ascii("{\"series_id\":").string(span.seriesId());
            json.ascii(",\"first_time\":").number(span.first());
            json.ascii(",\"last_time\":").number(span.last()).ascii("}");
            separator = ",";
        }
        return json.ascii("]}");
    }

    public static JsonBuffer digests(List<Digest> digests) {
        JsonBuffer json = new JsonBuffer(64 + digests.size() * BYTES_PER_ITEM).ascii("{\"digests\":[");
        String separator = "";
        for (Digest digest : digests) {
            json.ascii(separator).ascii("{\"count\":").number(digest.rows());
            json.ascii(",\"hash\":\"").ascii(HEX.toHexDigits(digest.hash())).ascii("\"}");
            separator = ",";
        }
        return json.ascii("]}");
    }

    public static JsonBuffer rows(List<RowBits> rows) {
        JsonBuffer json = new JsonBuffer(64 + rows.size() * BYTES_PER_ITEM).ascii("{\"rows\":[");
        String separator = "";
        for (RowBits row : rows) {
            json.ascii(separator).ascii("{\"candle_time\":").number(row.time());
            json.ascii(",\"bits\":\"").ascii(RowBits.toHex(row)).ascii("\"}");
            separator = ",";
        }
        return json.ascii("]}");
    }

    public static JsonBuffer position(MirrorPosition position) {
        return new JsonBuffer(128)
                .ascii("{\"epoch\":")
                .number(position.epoch())
                .ascii(",\"committed_seq\":")
                .number(position.committedSeq())
                .ascii(",\"acknowledged_seq\":")
                .number(position.acknowledgedSeq())
                .ascii(position.whole() ? ",\"whole\":true}" : ",\"whole\":false}");
    }

    static MirrorPosition position(JsonParser json) throws IOException {
        AnswerFields fields = AnswerFields.of(json);
        return new MirrorPosition(
                fields.number("epoch"),
                fields.number("committed_seq"),
                fields.number("acknowledged_seq"),
                fields.flag("whole"));
    }

    static SeriesSpan span(JsonParser json) throws IOException {
        AnswerFields fields = AnswerFields.of(json);
        return new SeriesSpan(fields.text("series_id"), fields.number("first_time"), fields.number("last_time"));
    }

    static Digest digest(JsonParser json) throws IOException {
        AnswerFields fields = AnswerFields.of(json);
        return new Digest(fields.number("count"), HexFormat.fromHexDigitsToLong(fields.text("hash")));
    }

    static RowBits row(JsonParser json) throws IOException {
        AnswerFields fields = AnswerFields.of(json);
        RowBits row = RowBits.fromHex(fields.number("candle_time"), fields.text("bits"));
        if (row == null) {
            throw new IllegalArgumentException("a row without bits");
        }
        return row;
    }
}

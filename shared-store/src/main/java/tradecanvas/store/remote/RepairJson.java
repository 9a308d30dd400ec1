package tradecanvas.store.remote;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.store.compare.Drift;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.repair.AuditedFix;
import tradecanvas.store.repair.FixOutcome;
import tradecanvas.store.repair.RepairLedger.Settlement;

/** The JSON of repairs, both ways. Bits are as in {@link DigestJson}; the empty text is no row. Stateless. */
public final class RepairJson {
    private static final int BYTES_PER_FIX = 320;

    /** Fixes of one run. */
    public record Submission(String runId, List<Drift> fixes) {}

    /** What became of fixes of one run. */
    public record Settling(String runId, List<Settlement> settlements) {}

    private RepairJson() {}

    /**
     * Reads the body of a submission.
     *
     * @throws IOException where it is no JSON
     * @throws IllegalArgumentException where it is something else
     */
    public static Submission submission(byte[] body) throws IOException {
        return Answers.parse(body, json -> {
            AnswerFields fields = AnswerFields.of(json);
            return new Submission(fields.text("run_id"), fields.list("fixes", Drift.class));
        });
    }

    /** Reads the body of a settling; throws as {@link #submission}. */
    public static Settling settling(byte[] body) throws IOException {
        return Answers.parse(body, json -> {
            AnswerFields fields = AnswerFields.of(json);
            return new Settling(fields.text("run_id"), fields.list("settlements", Settlement.class));
        });
    }

    public static JsonBuffer audit(List<AuditedFix> fixes) {
        JsonBuffer json = new JsonBuffer(64 + fixes.size() * BYTES_PER_FIX).ascii("{\"audit\":[");
        String separator = "";
        for (AuditedFix fix : fixes) {
            json.ascii(separator).ascii("{\"id\":").number(fix.id());
            json.ascii(",\"run_id\":").string(fix.runId()).ascii(",");
            evidence(json, fix.evidence());
            json.ascii(",\"kind\":").string(lower(fix.evidence().kind()));
            json.ascii(",\"outcome\":").string(lower(fix.outcome()));
            json.ascii(",\"requested_at_ms\":").number(fix.requestedAtMs());
            json.ascii(",\"settled_at_ms\":").number(fix.settledAtMs()).ascii("}");
            separator = ",";
        }
        return json.ascii("]}");
    }

    static JsonBuffer submission(String runId, List<Drift> fixes) {
        JsonBuffer json = new JsonBuffer(64 + fixes.size() * BYTES_PER_FIX);
        json.ascii("{\"run_id\":").string(runId).ascii(",\"fixes\":[");
        String separator = "";
        for (Drift fix : fixes) {
            evidence(json.ascii(separator).ascii("{"), fix).ascii("}");
            separator = ",";
        }
        return json.ascii("]}");
    }

    static JsonBuffer settling(String runId, List<Settlement> settlements) {
        JsonBuffer json = new JsonBuffer(64 + settlements.size() * BYTES_PER_FIX);
        json.ascii("{\"run_id\":").string(runId).ascii(",\"settlements\":[");
        String separator = "";
        for (Settlement settled : settlements) {
            json.ascii(separator).ascii("{\"series_id\":").string(settled.seriesId());
            json.ascii(",\"candle_time\":").number(settled.time());
            json.ascii(",\"outcome\":").string(lower(settled.outcome())).ascii("}");
            separator = ",";
        }
        return json.ascii("]}");
    }

    private static JsonBuffer evidence(JsonBuffer json, Drift drift) {
        json.ascii("\"series_id\":").string(drift.seriesId());
        json.ascii(",\"candle_time\":").number(drift.time());
        json.ascii(",\"truth_bits\":").string(RowBits.toHex(drift.truth()));
        return json.ascii(",\"mirror_bits\":").string(RowBits.toHex(drift.mirror()));
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    static Drift fix(JsonParser json) throws IOException {
        return evidence(AnswerFields.of(json));
    }

    static AuditedFix audited(JsonParser json) throws IOException {
        AnswerFields fields = AnswerFields.of(json);
        return new AuditedFix(
                fields.number("id"),
                fields.text("run_id"),
                evidence(fields),
                outcome(fields),
                fields.number("requested_at_ms"),
                fields.number("settled_at_ms"));
    }

    static Settlement settlement(JsonParser json) throws IOException {
        AnswerFields fields = AnswerFields.of(json);
        return new Settlement(fields.text("series_id"), fields.number("candle_time"), outcome(fields));
    }

    private static FixOutcome outcome(AnswerFields fields) {
        return FixOutcome.valueOf(fields.text("outcome").toUpperCase(Locale.ROOT));
    }

    private static Drift evidence(AnswerFields fields) {
        long time = fields.number("candle_time");
        return new Drift(
                fields.text("series_id"),
                time,
                RowBits.fromHex(time, fields.text("truth_bits")),
                RowBits.fromHex(time, fields.text("mirror_bits")));
    }
}

package tradecanvas.reconcile.compare;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tradecanvas.store.compare.ComparisonListener.Progress;
import tradecanvas.store.compare.ComparisonSummary;
import tradecanvas.store.compare.Drift;
import tradecanvas.store.digest.RowBits;

/** What a comparison says, as lines for people and as JSON for programs. Stateless. */
public final class DriftText {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BAR_CHARS = 20;

    private DriftText() {}

    /** The word of a kind of drift. */
    public static String kind(Drift drift) {
        return drift.kind().name().toLowerCase(Locale.ROOT);
    }

    public static String line(String what, Drift drift) {
        return String.format(
                Locale.ROOT,
                "%s %s %s truth=%s mirror=%s",
                what,
                drift.seriesId(),
                drift.time(),
                numbers(drift.truth()),
                numbers(drift.mirror()));
    }

    /** The bits are the proof; the numbers are for people, and cannot tell every NaN from another. */
    public static String json(String what, Drift drift) {
        ObjectNode line = JSON.createObjectNode();
        line.put("drift", what).put("series_id", drift.seriesId()).put("candle_time", drift.time());
        put(line, "truth", drift.truth());
        put(line, "mirror", drift.mirror());
        return line.toString();
    }

    public static String line(ComparisonSummary summary) {
        String verdict = summary.seriesCompared() == 0
                ? "nothing compared"
                : summary.equal() ? "equal" : summary.drift() > 0 ? "drift" : "not proven equal";
        return String.format(
                Locale.ROOT,
                "%s: %d series, %d rows, missing %d, extra %d, different %d, unconfirmed %d, failed series %d, %.1f s%s",
                verdict,
                summary.seriesCompared(),
                summary.rows(),
                summary.missing(),
                summary.extra(),
                summary.different(),
                summary.unconfirmed(),
                summary.seriesFailed(),
                (summary.endedAtMs() - summary.startedAtMs()) / 1e3,
                summary.wholeMirror() ? "" : "; the backfill has not been through, so rows may be missing for that");
    }

    public static String json(ComparisonSummary summary) {
        return JSON.createObjectNode()
                .put("equal", summary.equal())
                .put("series", summary.seriesCompared())
                .put("series_failed", summary.seriesFailed())
                .put("rows", summary.rows())
                .put("missing", summary.missing())
                .put("extra", summary.extra())
                .put("different", summary.different())
                .put("unconfirmed", summary.unconfirmed())
                .put("whole_mirror", summary.wholeMirror())
                .put("started_at_ms", summary.startedAtMs())
                .put("ended_at_ms", summary.endedAtMs())
                .toString();
    }

    /** Rows in all are not known, so the bar is of series. */
    public static String line(Progress progress) {
        double part = progress.seriesTotal() == 0 ? 0 : (double) progress.seriesDone() / progress.seriesTotal();
        int filled = (int) (part * BAR_CHARS);
        return String.format(
                Locale.ROOT,
                "comparing [%s%s] %d of %d series, %d rows, %.0f rows/s, drift %d",
                "#".repeat(filled),
                " ".repeat(BAR_CHARS - filled),
                progress.seriesDone(),
                progress.seriesTotal(),
                progress.rows(),
                progress.rowsPerSecond(),
                progress.drift());
    }

    private static String numbers(@Nullable RowBits row) {
        return row == null
                ? "none"
                : row.bits().stream()
                        .map(bits -> Double.toString(Double.longBitsToDouble(bits)))
                        .collect(Collectors.joining(",", "[", "]"));
    }

    private static void put(ObjectNode line, String side, @Nullable RowBits row) {
        if (row == null) {
            line.putNull(side);
            return;
        }
        ArrayNode values = line.putObject(side).put("bits", RowBits.toHex(row)).putArray("values");
        row.bits().forEach(bits -> values.add(Double.toString(Double.longBitsToDouble(bits))));
    }
}

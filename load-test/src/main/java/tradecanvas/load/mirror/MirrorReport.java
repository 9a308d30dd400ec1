package tradecanvas.load.mirror;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.Figures;
import tradecanvas.load.report.JsonReport;
import tradecanvas.load.report.Rounds;
import tradecanvas.load.report.TextTable;

/** All rounds of the mirror benchmark as a table, as an aim and as JSON. Threads: one owner. */
final class MirrorReport {
    private static final double BATCH_RATIO_MIN = 0.8;

    private final Rounds<MirrorWay, MirrorFigures> rounds = new Rounds<>();
    private long outboxDepthMax;

    void add(int round, MirrorWay way, MirrorFigures figures) {
        rounds.add(round, way, figures);
    }

    void outboxDepth(long seen) {
        outboxDepthMax = Math.max(outboxDepthMax, seen);
    }

    /** Medians of the rounds; ratios within a round to plain batches of the size that is posted. */
    String table() {
        TextTable table = new TextTable("way into PostgreSQL", "rows/s", "rows", "seconds", "x unnest 5000");
        rounds.keys()
                .forEach(way -> table.row(
                        way.title(),
                        Figures.text(rounds.median(way, MirrorFigures::rowsPerSecond)),
                        Figures.text(rounds.median(way, MirrorFigures::rows)),
                        Figures.text(rounds.median(way, MirrorFigures::seconds)),
                        Figures.text(ratio(way))));
        return table + "outbox at most " + Figures.text((double) outboxDepthMax) + " changes\n";
    }

    List<Aim> aims() {
        return List.of(Aim.atLeast(MirrorWay.MIRRORED.title(), ratio(MirrorWay.MIRRORED), BATCH_RATIO_MIN, "x unnest"));
    }

    Map<String, Object> json(Map<String, Object> plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", "mirror");
        json.put("machine", JsonReport.machine());
        json.put("plan", plan);
        json.put("aims", aims());
        json.put("outbox_depth_max", outboxDepthMax);
        json.put("ways", rounds.keys().stream().map(this::jsonOf).toList());
        return json;
    }

    private Map<String, Object> jsonOf(MirrorWay way) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("way", way.title());
        json.put("rows_per_s", rounds.median(way, MirrorFigures::rowsPerSecond));
        json.put("ratio_to_unnest_5000", ratio(way));
        json.put("rounds", rounds.of(way));
        return json;
    }

    private double ratio(MirrorWay way) {
        return rounds.ratio(way, MirrorWay.UNNEST_5000, MirrorFigures::rowsPerSecond);
    }
}

package tradecanvas.load.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.Figures;
import tradecanvas.load.report.JsonReport;
import tradecanvas.load.report.Statistics;
import tradecanvas.load.report.TextTable;

/** All rounds of the ingest benchmark as a table, as aims and as JSON. Threads: one owner. */
final class IngestReport {
    private static final int GROUP_COMMIT_POSTERS = 64;
    private static final double GROUP_COMMIT_RATIO_MIN = 10;
    private static final double BATCH_RATIO_MIN = 0.8;

    private final Map<Way, List<IngestFigures>> rounds = new LinkedHashMap<>();

    /** A way of writing: {@code kind} with its number of posters or of rows. */
    record Way(Kind kind, int number) {
        String name() {
            return switch (kind) {
                case SQLITE -> "SQLite, rows a commit: " + number;
                case POSTERS -> "server, posters of single candles: " + number;
                case BATCHES -> "server, rows a batch: " + number;
            };
        }

        /** What plain SQLite does that compares with it. */
        Way base() {
            return new Way(Kind.SQLITE, kind == Kind.POSTERS ? 1 : number);
        }
    }

    /** Who writes. */
    enum Kind {
        SQLITE,
        POSTERS,
        BATCHES
    }

    void add(Way way, IngestFigures figures) {
        rounds.computeIfAbsent(way, _ -> new ArrayList<>()).add(figures);
    }

    String table() {
        TextTable table = new TextTable("way of writing", "rows/s", "p50 ms", "p99 ms", "x SQLite");
        rounds.keySet()
                .forEach(way -> table.row(
                        way.name(),
                        Figures.text(median(way, IngestFigures::rowsPerSecond)),
                        Figures.text(median(way, IngestFigures::p50Ms)),
                        Figures.text(median(way, IngestFigures::p99Ms)),
                        Figures.text(ratio(way))));
        return table.toString();
    }

    /** Group commit for concurrent single posts; batches near the store's own rate. */
    List<Aim> aims() {
        List<Aim> aims = new ArrayList<>();
        for (Way way : rounds.keySet()) {
            if (way.kind() == Kind.POSTERS && way.number() == GROUP_COMMIT_POSTERS) {
                aims.add(Aim.atLeast(way.name(), ratio(way), GROUP_COMMIT_RATIO_MIN, "x SQLite"));
            } else if (way.kind() == Kind.BATCHES) {
                aims.add(Aim.atLeast(way.name(), ratio(way), BATCH_RATIO_MIN, "x SQLite"));
            }
        }
        return aims;
    }

    Map<String, Object> json(Map<String, Object> plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", "ingest");
        json.put("machine", JsonReport.machine());
        json.put("plan", plan);
        json.put("aims", aims());
        json.put("ways", rounds.keySet().stream().map(this::jsonOf).toList());
        return json;
    }

    private Map<String, Object> jsonOf(Way way) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("way", way.name());
        json.put("rows_per_s", median(way, IngestFigures::rowsPerSecond));
        json.put("p50_ms", median(way, IngestFigures::p50Ms));
        json.put("p99_ms", median(way, IngestFigures::p99Ms));
        json.put("ratio_to_sqlite", ratio(way));
        json.put("rounds", rounds.get(way));
        return json;
    }

    private double median(Way way, ToDoubleFunction<IngestFigures> figure) {
        return Statistics.median(
                rounds.getOrDefault(way, List.of()).stream().mapToDouble(figure).toArray());
    }

    private double ratio(Way way) {
        List<IngestFigures> own = rounds.getOrDefault(way, List.of());
        List<IngestFigures> base = rounds.getOrDefault(way.base(), List.of());
        double[] ratios = new double[Math.min(own.size(), base.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = own.get(i).rowsPerSecond() / base.get(i).rowsPerSecond();
        }
        return Statistics.median(ratios);
    }
}

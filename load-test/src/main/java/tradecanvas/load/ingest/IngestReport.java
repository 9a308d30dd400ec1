package tradecanvas.load.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.Figures;
import tradecanvas.load.report.JsonReport;
import tradecanvas.load.report.Rounds;
import tradecanvas.load.report.TextTable;

/** All rounds of the ingest benchmark as a table, as aims and as JSON. Threads: one owner. */
final class IngestReport {
    private static final int GROUP_COMMIT_POSTERS = 64;
    private static final double GROUP_COMMIT_RATIO_MIN = 10;
    private static final double BATCH_RATIO_MIN = 0.8;

    private final Rounds<Way, IngestFigures> rounds = new Rounds<>();

    void add(int round, Way way, IngestFigures figures) {
        rounds.add(round, way, figures);
    }

    String table() {
        TextTable table = new TextTable(
                "way of writing", "rows/s", "in all stores/s", "p50 ms", "p99 ms", "x SQLite", "x PostgreSQL");
        rounds.keys()
                .forEach(way -> table.row(
                        way.name(),
                        Figures.text(rounds.median(way, IngestFigures::rowsPerSecond)),
                        Figures.text(rounds.median(way, IngestFigures::everywhereRowsPerSecond)),
                        Figures.text(rounds.median(way, IngestFigures::p50Ms)),
                        Figures.text(rounds.median(way, IngestFigures::p99Ms)),
                        Figures.text(ratioTo(way.sqlite(), way)),
                        Figures.text(ratioToPostgres(way))));
        return table.toString();
    }

    /** Group commit for concurrent single posts; batches near the store's own rate, of two stores the slower one's. */
    List<Aim> aims() {
        List<Aim> aims = new ArrayList<>();
        for (Way way : rounds.keys()) {
            if (way.isPosters() && way.number() == GROUP_COMMIT_POSTERS) {
                aims.add(Aim.atLeast(way.name(), ratioTo(way.sqlite(), way), GROUP_COMMIT_RATIO_MIN, "x SQLite"));
            } else if (way.kind() == Way.Kind.BATCHES) {
                aims.add(Aim.atLeast(way.name(), ratioTo(way.sqlite(), way), BATCH_RATIO_MIN, "x SQLite"));
            } else if (way.kind() == Way.Kind.DUAL_BATCHES) {
                aims.add(Aim.atLeast(way.name(), ratioToSlower(way), BATCH_RATIO_MIN, "x slower"));
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
        json.put("ways", rounds.keys().stream().map(this::jsonOf).toList());
        return json;
    }

    private Map<String, Object> jsonOf(Way way) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("way", way.name());
        json.put("rows_per_s", rounds.median(way, IngestFigures::rowsPerSecond));
        json.put("everywhere_rows_per_s", rounds.median(way, IngestFigures::everywhereRowsPerSecond));
        json.put("p50_ms", rounds.median(way, IngestFigures::p50Ms));
        json.put("p99_ms", rounds.median(way, IngestFigures::p99Ms));
        json.put("ratio_to_sqlite", ratioTo(way.sqlite(), way));
        json.put("ratio_to_postgres", ratioToPostgres(way));
        json.put("rounds", rounds.of(way));
        return json;
    }

    /** Of the rate at which every store has the rows: an acknowledged row that only waits for its mirror is not there. */
    private double ratioTo(Way base, Way way) {
        return rounds.ratio(way, base, IngestFigures::everywhereRowsPerSecond);
    }

    private double ratioToPostgres(Way way) {
        return way.comparesWithPostgres() ? ratioTo(way.postgres(), way) : Double.NaN;
    }

    private double ratioToSlower(Way way) {
        double sqlite = rounds.median(way.sqlite(), IngestFigures::rowsPerSecond);
        double postgres = rounds.median(way.postgres(), IngestFigures::rowsPerSecond);
        return ratioTo(postgres <= sqlite ? way.postgres() : way.sqlite(), way);
    }
}

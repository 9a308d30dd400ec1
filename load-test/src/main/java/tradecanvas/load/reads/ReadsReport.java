package tradecanvas.load.reads;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tradecanvas.load.reads.ReadCase.Mode;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.Figures;
import tradecanvas.load.report.JsonReport;
import tradecanvas.load.report.Rounds;
import tradecanvas.load.report.TextTable;

/** All rounds of the read benchmark as a table, as aims and as JSON. Threads: one owner. */
final class ReadsReport {
    private static final int HOT_LIMIT = 500;
    private static final double HOT_RATIO_MIN = 0.25;
    private static final double COLD_RATIO_MIN = 0.8;

    private final Rounds<Key, ReadFigures> rounds = new Rounds<>();
    private final List<String> failures = new ArrayList<>();

    private record Key(ReadCase what, Contender who) {
        String name() {
            return what.name() + ", " + who.title();
        }

        Key of(Contender other) {
            return new Key(what, other);
        }
    }

    void add(int round, ReadCase what, Contender who, ReadFigures figures) {
        rounds.add(round, new Key(what, who), figures);
    }

    /** Something that a reader must know, as a figure is missing or not what it seems. */
    void fail(String text) {
        failures.add(text);
    }

    boolean hasFailures() {
        return !failures.isEmpty();
    }

    /** One row for each case and who answered: medians of the rounds. */
    String table() {
        TextTable table = new TextTable(
                "case, who answers",
                "requests/s",
                "p50 ms",
                "p99 ms",
                "CPU us/req",
                "DB CPU us/req",
                "x nginx",
                "x database",
                "client CPU %");
        for (Key key : rounds.keys()) {
            table.row(
                    key.name(),
                    Figures.text(rounds.median(key, ReadFigures::requestsPerSecond)),
                    Figures.text(rounds.median(key, ReadFigures::p50Ms)),
                    Figures.text(rounds.median(key, ReadFigures::p99Ms)),
                    Figures.text(rounds.median(key, ReadFigures::cpuMicros)),
                    Figures.text(rounds.median(key, ReadFigures::databaseCpuMicros)),
                    Figures.text(ratioToNginx(key)),
                    Figures.text(ratioToDatabase(key)),
                    Figures.text(100 * rounds.median(key, ReadFigures::clientCpuShare)));
        }
        return table.toString();
    }

    /** Hot answers beside the static file, cold ones beside the database that they come from. */
    List<Aim> aims() {
        List<Aim> aims = new ArrayList<>();
        for (Key key : rounds.keys()) {
            if (!key.who().isOurs()) {
                continue;
            }
            if (key.what().mode() == Mode.hot && key.what().limit() == HOT_LIMIT) {
                aims.add(Aim.atLeast(key.name(), ratioToNginx(key), HOT_RATIO_MIN, "x nginx"));
            } else if (key.what().mode() == Mode.cold) {
                aims.add(Aim.atLeast(key.name(), ratioToDatabase(key), COLD_RATIO_MIN, "x database"));
            }
        }
        return aims;
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>(failures);
        for (Key key : rounds.keys()) {
            double busy = max(key, ReadFigures::clientCpuShare);
            if (busy >= ReadFigures.CLIENT_SATURATED_SHARE) {
                warnings.add(key.name() + ": the client's core was " + Figures.text(100 * busy)
                        + " % busy, the rate is the client's as well");
            }
            double failed = max(key, ReadFigures::failed);
            if (failed > 0) {
                warnings.add(key.name() + ": up to " + Figures.text(failed) + " requests a round failed");
            }
        }
        return warnings;
    }

    Map<String, Object> json(Map<String, Object> plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", "reads");
        json.put("machine", JsonReport.machine());
        json.put("plan", plan);
        json.put("aims", aims());
        json.put("warnings", warnings());
        json.put("cases", rounds.keys().stream().map(this::jsonOf).toList());
        return json;
    }

    private Map<String, Object> jsonOf(Key key) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("case", key.what().name());
        json.put("answered_by", key.who().title());
        json.put("requests_per_s", rounds.median(key, ReadFigures::requestsPerSecond));
        json.put("p50_ms", rounds.median(key, ReadFigures::p50Ms));
        json.put("p99_ms", rounds.median(key, ReadFigures::p99Ms));
        json.put("cpu_us_per_request", rounds.median(key, ReadFigures::cpuMicros));
        json.put("database_cpu_us_per_request", rounds.median(key, ReadFigures::databaseCpuMicros));
        json.put("ratio_to_nginx", ratioToNginx(key));
        json.put("ratio_to_database", ratioToDatabase(key));
        json.put("rounds", rounds.of(key));
        return json;
    }

    private double ratioToNginx(Key key) {
        return rounds.ratio(key, key.of(Contender.nginx), ReadFigures::requestsPerSecond);
    }

    private double ratioToDatabase(Key key) {
        return key.who().isOurs()
                ? rounds.ratio(key, key.of(key.who().database()), ReadFigures::requestsPerSecond)
                : Double.NaN;
    }

    private double max(Key key, ToDoubleFunction<ReadFigures> figure) {
        return rounds.of(key).stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(0);
    }
}

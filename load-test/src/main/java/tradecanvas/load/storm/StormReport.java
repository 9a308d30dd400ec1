package tradecanvas.load.storm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.Figures;
import tradecanvas.load.report.JsonReport;
import tradecanvas.load.report.Rounds;
import tradecanvas.load.report.TextTable;

/** All storms of a command. Threads: one owner. */
final class StormReport {
    private static final String OURS = "gateway";
    private static final String FLOOR = "minimal";

    /** A published candle makes one shared answer stale; beside that a few reads may overlap. */
    private static final double READS_PER_LIVE_CANDLE_MAX = 2;

    private static final double READS_BESIDE_MAX = 10;
    private static final double CLIENT_SATURATED_SHARE = 0.9;

    private final StormPlan plan;
    private final Rounds<StormKey, StormFigures> rounds = new Rounds<>();
    private final List<String> failures = new ArrayList<>();

    StormReport(StormPlan plan) {
        this.plan = plan;
    }

    void add(int round, StormKey key, StormFigures figures) {
        rounds.add(round, key, figures);
    }

    void fail(String what) {
        failures.add(what);
    }

    boolean hasFailures() {
        return !failures.isEmpty();
    }

    /** One row a server and variant: medians of the rounds, counts of what went wrong as sums. */
    String table() {
        TextTable table = new TextTable(
                "server",
                "variant",
                "p50 ms",
                "p99 ms",
                "last ms",
                "last x min.",
                "CPU us/client",
                "x minimal",
                "store reads",
                "asked",
                "live",
                "refused",
                "incomplete",
                "violations",
                "client CPU %");
        for (StormKey key : rounds.keys()) {
            table.row(
                    key.server(),
                    key.variant().name(),
                    median(key, StormFigures::p50Ms),
                    median(key, StormFigures::p99Ms),
                    median(key, StormFigures::lastMs),
                    Figures.text(ratio(key, StormFigures::lastMs)),
                    median(key, StormFigures::cpuMicrosPerClient),
                    Figures.text(ratio(key, StormFigures::cpuMicrosPerClient)),
                    median(key, StormFigures::reads),
                    median(key, StormFigures::asked),
                    median(key, StormFigures::liveCandles),
                    median(key, StormFigures::handshakesRefused),
                    Figures.text(sum(key, StormFigures::incomplete)),
                    Figures.text(sum(key, StormFigures::violations)),
                    median(key, figures -> 100 * figures.clientCpuShare()));
        }
        return table.toString();
    }

    /** Every client gets all, and the store is asked once for all of them. */
    List<Aim> aims() {
        List<Aim> aims = new ArrayList<>();
        for (StormKey key : rounds.keys()) {
            if (!key.server().equals(OURS)) {
                continue;
            }
            String at = ", " + key.variant();
            aims.add(Aim.atMost("clients without all candles" + at, sum(key, StormFigures::incomplete), 0, ""));
            aims.add(Aim.atMost("missing, doubled or disordered" + at, sum(key, StormFigures::violations), 0, ""));
            double live = rounds.median(key, StormFigures::liveCandles);
            double readsMax = READS_BESIDE_MAX + READS_PER_LIVE_CANDLE_MAX * live;
            aims.add(Aim.atMost("store reads" + at, rounds.median(key, StormFigures::reads), readsMax, ""));
        }
        return aims;
    }

    /** What a reader must know before believing a figure. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>(failures);
        for (StormKey key : rounds.keys()) {
            rounds.of(key).stream()
                    .map(StormFigures::firstTrouble)
                    .filter(Objects::nonNull)
                    .forEach(trouble -> warnings.add(
                            key.server() + ", " + key.variant() + ": the first trouble of a client: " + trouble));
            double share = rounds.median(key, StormFigures::clientCpuShare);
            if (share >= CLIENT_SATURATED_SHARE) {
                warnings.add(key.server() + ", " + key.variant() + ": this client kept its core "
                        + Figures.text(100 * share) + " % busy, the times are the client's as well");
            }
        }
        return warnings;
    }

    /** The whole report for a file. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", "storm");
        json.put("machine", JsonReport.machine());
        json.put(
                "plan",
                Map.of(
                        "clients", plan.clients(),
                        "history", plan.history(),
                        "warmups", plan.warmups(),
                        "server_core", String.valueOf(plan.cores().server()),
                        "client_core", String.valueOf(plan.cores().client())));
        json.put(
                "storms",
                rounds.keys().stream()
                        .map(key -> Map.of(
                                "server", key.server(), "variant", key.variant().name(), "rounds", rounds.of(key)))
                        .toList());
        json.put("aims", aims());
        json.put("warnings", warnings());
        return json;
    }

    private String median(StormKey key, ToDoubleFunction<StormFigures> figure) {
        return Figures.text(rounds.median(key, figure));
    }

    private double sum(StormKey key, ToDoubleFunction<StormFigures> figure) {
        return rounds.of(key).stream().mapToDouble(figure).sum();
    }

    /** The minimal server is never cold: it is compared with its quiet storm. */
    private double ratio(StormKey key, ToDoubleFunction<StormFigures> figure) {
        Variant base = key.variant() == Variant.cold ? Variant.quiet : key.variant();
        return rounds.ratio(key, new StormKey(FLOOR, base), figure);
    }
}

package tradecanvas.load.fanout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.Figures;
import tradecanvas.load.report.JsonReport;
import tradecanvas.load.report.TextTable;

/** The cases of one run as a table, as aims and as JSON; {@code failures} are runs that gave no figures. */
record FanOutReport(FanOutPlan plan, List<FanOutCase> cases, List<String> failures) {
    private static final Set<String> OURS = Set.of("standalone", "gateway");
    private static final String FLOOR = "minimal";
    private static final String INSTALLED_INSTEAD = "nchan";
    private static final double CPU_RATIO_MAX = 1.25;
    private static final double P99_RATIO_MAX = 1.2;
    private static final double RSS_KB_MAX = 11;
    private static final int MANY_SOCKETS = 10_000; // from here on latency is a matter of throughput: no ratios
    private static final double MANY_P99_MS_MAX = 500;
    private static final double DELIVERIES_PER_S_MIN = 500_000;

    FanOutReport {
        cases = List.copyOf(cases);
        failures = List.copyOf(failures);
    }

    /** One row a server and size: medians of the rounds; violations and duplicates as sums. */
    String table() {
        TextTable table = new TextTable(
                "server",
                "sockets",
                "rate/s",
                "p50 ms",
                "p99 ms",
                "max ms",
                "CPU us/msg",
                "x minimal",
                "p99 x min.",
                "delivered/s",
                "in time %",
                "delivered %",
                "order",
                "dup.",
                "kB/conn.",
                "client CPU %");
        for (FanOutCase each : cases) {
            Optional<FanOutCase> floor = find(FLOOR, each.load());
            table.row(
                    each.server(),
                    Integer.toString(each.load().sockets()),
                    Integer.toString(each.load().ratePerSecond()),
                    Figures.text(each.median(FanOutFigures::p50Ms)),
                    Figures.text(each.median(FanOutFigures::p99Ms)),
                    Figures.text(each.max(FanOutFigures::maxMs)),
                    Figures.text(each.median(FanOutFigures::cpuMicrosPerMessage)),
                    Figures.text(ratio(floor, each, true)),
                    Figures.text(ratio(floor, each, false)),
                    Figures.text(each.median(FanOutFigures::deliveriesPerSecond)),
                    Figures.text(100 * each.median(FanOutFigures::inTimeShare)),
                    Figures.text(100 * each.median(FanOutFigures::deliveredShare)),
                    Figures.text(each.sum(FanOutFigures::orderViolations)),
                    Figures.text(each.sum(FanOutFigures::duplicates)),
                    Figures.text(each.median(FanOutFigures::rssKbPerConnection)),
                    Figures.text(100 * each.median(FanOutFigures::clientCpuShare)));
        }
        return table.toString();
    }

    /** What our own server should reach, for each size that it was measured with. */
    List<Aim> aims() {
        List<Aim> aims = new ArrayList<>();
        for (FanOutCase ours : cases) {
            if (OURS.contains(ours.server())) {
                addAims(aims, ours);
            }
        }
        return aims;
    }

    /** What a reader must know before believing a figure. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>(failures);
        for (FanOutCase each : cases) {
            String name = each.server() + " with " + each.load() + ": ";
            double clientShare = each.max(FanOutFigures::clientCpuShare);
            if (clientShare >= FanOutFigures.CLIENT_SATURATED_SHARE) {
                warnings.add(name + "the client's core was " + Figures.text(100 * clientShare)
                        + " % busy, latency and rate are the client's as well");
            }
            addIfAny(warnings, name, each.sum(FanOutFigures::postsRefused), "posts were refused");
            addIfAny(warnings, name, each.sum(FanOutFigures::postsUnanswered), "posts were not answered in time");
            addIfAny(warnings, name, each.sum(FanOutFigures::socketsLost), "sockets were lost");
        }
        return warnings;
    }

    /** The whole report for a file. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", "fan-out");
        json.put("machine", JsonReport.machine());
        json.put(
                "plan",
                Map.of(
                        "seconds", plan.seconds(),
                        "warmup_seconds", plan.warmupSeconds(),
                        "server_core", String.valueOf(plan.cores().server()),
                        "client_core", String.valueOf(plan.cores().client())));
        json.put("medians", cases.stream().map(this::jsonOf).toList());
        json.put("aims", aims());
        json.put("warnings", warnings());
        json.put("cases", cases);
        return json;
    }

    private Map<String, Object> jsonOf(FanOutCase each) {
        Optional<FanOutCase> floor = find(FLOOR, each.load());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("server", each.server());
        json.put("sockets", each.load().sockets());
        json.put("rate_per_s", each.load().ratePerSecond());
        json.put("p50_ms", each.median(FanOutFigures::p50Ms));
        json.put("p99_ms", each.median(FanOutFigures::p99Ms));
        json.put("max_ms", each.max(FanOutFigures::maxMs));
        json.put("cpu_us_per_message", each.median(FanOutFigures::cpuMicrosPerMessage));
        json.put("cpu_ratio_to_minimal", ratio(floor, each, true));
        json.put("p99_ratio_to_minimal", ratio(floor, each, false));
        json.put("cpu_ratio_to_nchan", ratio(find(INSTALLED_INSTEAD, each.load()), each, true));
        json.put("in_time_share", each.median(FanOutFigures::inTimeShare));
        json.put("delivered_share", each.median(FanOutFigures::deliveredShare));
        json.put("deliveries_per_s", each.median(FanOutFigures::deliveriesPerSecond));
        json.put("rss_kb_per_connection", each.median(FanOutFigures::rssKbPerConnection));
        json.put("client_cpu_share", each.median(FanOutFigures::clientCpuShare));
        return json;
    }

    private void addAims(List<Aim> aims, FanOutCase ours) {
        String at = ", " + ours.load();
        Optional<FanOutCase> floor = find(FLOOR, ours.load());
        Optional<FanOutCase> other = find(INSTALLED_INSTEAD, ours.load());
        if (other.isPresent()) {
            aims.add(Aim.atMost("CPU a message" + at, ratio(other, ours, true), 1, "x nchan"));
        }
        if (ours.load().sockets() >= MANY_SOCKETS) {
            aims.add(Aim.atMost("p99" + at, ours.median(FanOutFigures::p99Ms), MANY_P99_MS_MAX, "ms"));
        } else {
            aims.add(Aim.atMost("CPU a message" + at, ratio(floor, ours, true), CPU_RATIO_MAX, "x minimal"));
            aims.add(Aim.atMost("p99" + at, ratio(floor, ours, false), P99_RATIO_MAX, "x minimal"));
        }
        if (ours.load().deliveriesPerSecond() >= DELIVERIES_PER_S_MIN) {
            double sustained = ours.median(FanOutFigures::deliveriesPerSecond);
            aims.add(Aim.atLeast("sustained deliveries" + at, sustained, DELIVERIES_PER_S_MIN, "/s"));
        }
        double lost = ours.sum(figures -> figures.expected() - figures.delivered());
        aims.add(Aim.atMost("lost deliveries" + at, lost, 0, ""));
        aims.add(Aim.atMost(
                "order violations and duplicates" + at,
                ours.sum(FanOutFigures::orderViolations) + ours.sum(FanOutFigures::duplicates),
                0,
                ""));
        aims.add(Aim.atMost(
                "memory a connection" + at, ours.median(FanOutFigures::rssKbPerConnection), RSS_KB_MAX, "kB"));
    }

    private static double ratio(Optional<FanOutCase> floor, FanOutCase each, boolean cpu) {
        return floor.map(base -> each.ratio(base, cpu ? FanOutFigures::cpuMicrosPerMessage : FanOutFigures::p99Ms))
                .orElse(Double.NaN);
    }

    private static void addIfAny(List<String> warnings, String name, double count, String what) {
        if (count > 0) {
            warnings.add(name + Figures.text(count) + " " + what);
        }
    }

    private Optional<FanOutCase> find(String server, Load load) {
        return cases.stream()
                .filter(each -> each.server().equals(server) && each.load().equals(load))
                .findFirst();
    }
}

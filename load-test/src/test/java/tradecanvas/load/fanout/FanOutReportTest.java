package tradecanvas.load.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tradecanvas.load.process.Cores;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.JsonReport;

class FanOutReportTest {
    private static final FanOutPlan PLAN = new FanOutPlan(20, 10, new Cores(0, 1));
    private static final Load THOUSAND = new Load(1_000, 50);

    @Test
    void ratiosAreTakenRoundByRound() {
        FanOutCase floor = new FanOutCase(
                "minimal", THOUSAND, List.of(figures(5, 8, 100), figures(5, 16, 100), figures(5, 10, 100)));
        FanOutCase ours = new FanOutCase(
                "standalone", THOUSAND, List.of(figures(5, 9.6, 100), figures(5, 17.6, 100), figures(5, 20, 100)));

        assertThat(ours.ratio(floor, FanOutFigures::cpuMicrosPerMessage)).isEqualTo(1.2);
        assertThat(ours.median(FanOutFigures::cpuMicrosPerMessage)).isEqualTo(17.6);
    }

    @Test
    void aThousandSocketsAreJudgedBesideTheFloor() {
        FanOutReport report = report(List.of(
                new FanOutCase("minimal", THOUSAND, List.of(figures(10, 8, 100))),
                new FanOutCase("standalone", THOUSAND, List.of(figures(13, 9, 99)))));

        assertThat(report.aims())
                .extracting(Aim::what, Aim::met)
                .containsExactly(
                        tuple("CPU a message, 1000 sockets x 50/s", true),
                        tuple("p99, 1000 sockets x 50/s", false),
                        tuple("lost deliveries, 1000 sockets x 50/s", false),
                        tuple("order violations and duplicates, 1000 sockets x 50/s", true),
                        tuple("memory a connection, 1000 sockets x 50/s", true));
    }

    @Test
    void whatOneWouldInstallInsteadIsALimitToo() {
        FanOutReport report = report(List.of(
                new FanOutCase("nchan", THOUSAND, List.of(figures(10, 8, 100))),
                new FanOutCase("gateway", THOUSAND, List.of(figures(10, 9, 100)))));

        assertThat(report.aims())
                .filteredOn(aim -> aim.unit().equals("x nchan"))
                .singleElement()
                .satisfies(aim -> assertThat(aim.met()).isFalse());
    }

    @Test
    void tenThousandSocketsAreJudgedByLatencyAndThroughput() {
        FanOutReport report =
                report(List.of(new FanOutCase("standalone", new Load(10_000, 50), List.of(figures(300, 2, 100)))));

        assertThat(report.aims())
                .allMatch(Aim::met)
                .extracting(Aim::what)
                .contains("p99, 10000 sockets x 50/s", "sustained deliveries, 10000 sockets x 50/s");
    }

    @Test
    void aBusyClientIsSaid() {
        FanOutFigures busy = new FanOutFigures(1, 2, 3, 1, 8, 1, 1, 1, 0, 0, 0, 9, 0.97, 0, 0, 0);
        FanOutReport report = report(List.of(new FanOutCase("minimal", THOUSAND, List.of(busy))));

        assertThat(report.warnings()).singleElement().asString().contains("97 % busy");
    }

    @Test
    void tableAndJsonHoldEveryCaseWithItsRounds() throws IOException {
        FanOutReport report = report(List.of(new FanOutCase("vertx", THOUSAND, List.of(figures(5, 8, 100)))));

        assertThat(report.table()).contains("vertx", "CPU us/msg");
        assertThat(JsonReport.text(report.json()))
                .contains("\"cpu_us_per_message\": 8.0", "\"cpu_ratio_to_minimal\": null", "\"order_violations\": 0");
    }

    @Test
    void aRunWithoutFiguresIsSaid() {
        assertThat(new FanOutReport(PLAN, List.of(), List.of("standalone: failed")).warnings())
                .containsExactly("standalone: failed");
    }

    private static FanOutReport report(List<FanOutCase> cases) {
        return new FanOutReport(PLAN, cases, List.of());
    }

    private static FanOutFigures figures(double p99Ms, double cpuMicros, long delivered) {
        return new FanOutFigures(1, p99Ms, 20, 1, cpuMicros, 500_000, delivered, 100, 0, 0, 0, 9, 0.3, 0, 0, 0);
    }
}

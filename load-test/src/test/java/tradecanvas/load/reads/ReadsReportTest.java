package tradecanvas.load.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tradecanvas.load.reads.ReadCase.Mode;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.JsonReport;

class ReadsReportTest {
    private static final ReadCase HOT = new ReadCase(Mode.hot, 500);
    private static final ReadCase COLD = new ReadCase(Mode.cold, 500);

    @Test
    void hotAnswersCompareWithNginxAndColdOnesWithTheirOwnDatabase() {
        ReadsReport report = new ReadsReport();
        report.add(1, HOT, Contender.nginx, figures(20_000));
        report.add(1, HOT, Contender.sqlite, figures(6_000));
        report.add(1, HOT, Contender.postgres, figures(4_000));
        report.add(1, COLD, Contender.sqlite, figures(900));
        report.add(1, COLD, Contender.postgres, figures(1_000));
        report.add(1, COLD, Contender.sqlite_jdbc, figures(1_000));
        report.add(1, COLD, Contender.pgjdbc, figures(2_000));

        assertThat(report.aims())
                .extracting(Aim::what, Aim::figure, Aim::met)
                .containsExactly(
                        tuple("hot 500, standalone, SQLite", 0.3, true),
                        tuple("hot 500, standalone, PostgreSQL", 0.2, false),
                        tuple("cold 500, standalone, SQLite", 0.9, true),
                        tuple("cold 500, standalone, PostgreSQL", 0.5, false));
    }

    @Test
    void aServerWithoutItsNeighbourMissesItsAim() {
        ReadsReport report = new ReadsReport();
        report.add(1, HOT, Contender.sqlite, figures(6_000));

        assertThat(report.aims()).singleElement().returns(false, Aim::met);
    }

    @Test
    void aBusyClientAndFailedRequestsAreSaid() {
        ReadsReport report = new ReadsReport();
        report.add(1, HOT, Contender.nginx, new ReadFigures(100, 20_000, 1, 2, 16, Double.NaN, 0.97, 7));
        report.fail("round 2, nginx failed");

        assertThat(report.hasFailures()).isTrue();
        assertThat(report.warnings())
                .hasSize(3)
                .anySatisfy(warning -> assertThat(warning).contains("97 % busy"))
                .anySatisfy(warning -> assertThat(warning).contains("7 requests"));
    }

    @Test
    void tableAndJsonHoldEveryCaseWithItsRounds() throws IOException {
        ReadsReport report = new ReadsReport();
        report.add(1, COLD, Contender.pgjdbc, figures(1_900));
        report.add(2, COLD, Contender.pgjdbc, figures(2_100));

        assertThat(report.table()).contains("cold 500, PostgreSQL itself, pgjdbc", "2,000", "DB CPU us/req");
        assertThat(JsonReport.text(report.json(Map.of())))
                .contains("\"requests_per_s\": 1900.0", "\"requests_per_s\": 2000.0", "\"ratio_to_nginx\": null");
    }

    private static ReadFigures figures(double requestsPerSecond) {
        return new ReadFigures(1_000, requestsPerSecond, 1, 2, 16, 200, 0.3, 0);
    }
}

package tradecanvas.load.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tradecanvas.load.process.Cores;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.JsonReport;

class StormReportTest {
    private static final StormKey QUIET = new StormKey("gateway", Variant.quiet);
    private static final StormKey LIVE = new StormKey("gateway", Variant.live);

    private final StormReport report =
            new StormReport(new StormPlan(5_000, 500, 3, Duration.ofSeconds(60), new Cores(0, 1)));

    @Test
    void readsThatAreSharedByAllAreAnAim() {
        report.add(1, QUIET, figures(11, 0, 0));
        report.add(1, LIVE, figures(30, 10, 1));

        assertThat(report.aims())
                .extracting(Aim::what, Aim::met)
                .containsExactly(
                        tuple("clients without all candles, quiet", true),
                        tuple("missing, doubled or disordered, quiet", true),
                        tuple("store reads, quiet", false),
                        tuple("clients without all candles, live", false),
                        tuple("missing, doubled or disordered, live", true),
                        tuple("store reads, live", true));
    }

    @Test
    void aColdStormIsComparedWithAQuietOneOfTheMinimalServer() throws IOException {
        report.add(1, new StormKey("gateway", Variant.cold), figures(1, 0, 0));
        report.add(1, new StormKey("minimal", Variant.quiet), figures(Double.NaN, 0, 0));

        assertThat(report.table().lines().skip(1).findFirst().orElse("")).containsPattern("cold .* 1  .* 1  ");
        assertThat(JsonReport.text(report.json())).contains("\"variant\": \"cold\"", "\"reads\": null");
    }

    private static StormFigures figures(double reads, long live, long incomplete) {
        return new StormFigures(1, 2, 3, 4, reads, 5_000, 0, 5_000 - incomplete, incomplete, 0, live, 0.5, null);
    }
}

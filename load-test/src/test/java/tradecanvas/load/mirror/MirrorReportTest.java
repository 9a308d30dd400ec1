package tradecanvas.load.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tradecanvas.load.client.MirrorWatch;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.JsonReport;

class MirrorReportTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void theMirrorComparesWithPlainBatchesOfTheSameRound() throws IOException {
        MirrorReport report = new MirrorReport();
        report.add(1, MirrorWay.MIRRORED, new MirrorFigures(40_000, 1));
        report.add(1, MirrorWay.BACKLOG, new MirrorFigures(0, 0.05));
        report.add(1, MirrorWay.UNNEST_5000, new MirrorFigures(100_000, 2));
        report.outboxDepth(12);

        assertThat(report.aims()).singleElement().returns(0.8, Aim::figure).returns(true, Aim::met);
        assertThat(report.table()).contains("40,000", "50,000", "outbox at most 12 changes");
        assertThat(JsonReport.text(report.json(Map.of())))
                .contains("\"ratio_to_unnest_5000\": 0.8", "\"rows_per_s\": null");
    }

    @Test
    void ratesAreTakenFromTheFirstLookAndFromTheLastPost() {
        Backlog backlog = new Backlog();
        backlog.seen(SECOND, new MirrorWatch.Sample("up", 1_000, 0));
        backlog.seen(2 * SECOND, new MirrorWatch.Sample("up", 5_000, 9));
        backlog.lastPostAnswered();
        backlog.seen(3 * SECOND, new MirrorWatch.Sample("up", 9_000, 3));
        backlog.seen(5 * SECOND, new MirrorWatch.Sample("up", 11_000, 0));

        assertThat(backlog.mirrored()).isEqualTo(new MirrorFigures(10_000, 4));
        assertThat(backlog.afterLastPost()).isEqualTo(new MirrorFigures(6_000, 3));
        assertThat(backlog.outboxDepthMax()).isEqualTo(9);
    }

    @Test
    void aBackfillIsDoneOrRunningOrStopped() throws IOException {
        assertThat(progress("running")).returns(false, BackfillProgress::isDone);
        assertThat(progress("running")).returns(false, BackfillProgress::hasStopped);
        assertThat(progress("done")).isEqualTo(new BackfillProgress("done", 5, 9));
        assertThat(progress("none")).returns(true, BackfillProgress::hasStopped);
        assertThatThrownBy(() ->
                        BackfillProgress.parse("{\"detail\":\"dual_write_off\"}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("dual_write_off");
    }

    private static BackfillProgress progress(String phase) throws IOException {
        String body = "{\"phase\":\"" + phase + "\",\"series_id\":\"\",\"rows_done\":5,\"rows_total\":9}";
        return BackfillProgress.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}

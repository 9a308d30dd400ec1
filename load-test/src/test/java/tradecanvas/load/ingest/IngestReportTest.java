package tradecanvas.load.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.load.ingest.Way.Kind;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.JsonReport;

class IngestReportTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void postersCompareWithOneRowACommitAndBatchesWithTheirOwnSize() throws IOException {
        IngestReport report = new IngestReport();
        report.add(1, new Way(Kind.SQLITE, 1), figures(2_000));
        report.add(1, new Way(Kind.POSTERS, 1), figures(1_000));
        report.add(1, new Way(Kind.POSTERS, 64), figures(30_000));
        report.add(1, new Way(Kind.SQLITE, 500), figures(80_000));
        report.add(1, new Way(Kind.BATCHES, 500), figures(40_000));

        assertThat(report.aims()).extracting(Aim::figure).containsExactly(15.0, 0.5);
        assertThat(report.aims()).extracting(Aim::met).containsExactly(true, false);
        assertThat(report.table()).contains("posters of single candles: 64", "30,000");
        assertThat(JsonReport.text(report.json(Map.of()))).contains("\"ratio_to_sqlite\": 15.0");
    }

    @Test
    void dualWriteComparesItsMirroredRateWithTheSlowerStore() {
        IngestReport report = new IngestReport();
        report.add(1, new Way(Kind.SQLITE, 500), figures(80_000));
        report.add(1, new Way(Kind.POSTGRES, 500), figures(40_000));
        report.add(1, new Way(Kind.DUAL_BATCHES, 500), figures(60_000).mirroredLater(60_000, Duration.ofSeconds(1)));

        assertThat(report.aims()).singleElement().returns(0.75, Aim::figure).returns("x slower", Aim::unit);
        assertThat(report.table()).contains("dual write, rows a batch: 500", "60,000", "30,000");
    }

    @Test
    void dualWriteToASlowSqliteComparesWithThat() {
        IngestReport report = new IngestReport();
        report.add(1, new Way(Kind.SQLITE, 500), figures(20_000));
        report.add(1, new Way(Kind.POSTGRES, 500), figures(40_000));
        report.add(1, new Way(Kind.DUAL_BATCHES, 500), figures(18_000));

        assertThat(report.aims()).extracting(Aim::figure).containsExactly(0.9);
    }

    @Test
    void plainSqliteWritesWhatItIsTold() throws SQLException {
        IngestFigures figures = PlainSqlite.write(directory.resolve("market.db"), 50, Duration.ofMillis(100));

        assertThat(figures.rowsPerSecond()).isPositive();
    }

    private static IngestFigures figures(double rowsPerSecond) {
        return new IngestFigures(rowsPerSecond, rowsPerSecond, 1, 2);
    }
}

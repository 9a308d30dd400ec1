package tradecanvas.load.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.load.process.Cores;
import tradecanvas.load.process.Layout;
import tradecanvas.load.process.MinimalServer;
import tradecanvas.load.report.Progress;

class FanOutRunTest {
    private static final Progress SILENT =
            new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void everySocketGetsEveryCandleOfTheMinimalServerOnceAndInOrder() throws IOException, InterruptedException {
        MinimalServer server =
                MinimalServer.compile(Layout.ofThisCode().minimalServerSource(), directory.resolve("minimal_server"));
        FanOutRun run = new FanOutRun(new FanOutPlan(1, 1, Cores.ANY), SILENT);

        FanOutFigures figures = run.run(Contender.alone(server), new Load(50, 100), directory.resolve("work"));

        assertThat(figures.delivered()).isEqualTo(figures.expected()).isEqualTo(5_000);
        assertThat(figures.orderViolations()).isZero();
        assertThat(figures.duplicates()).isZero();
        assertThat(figures.socketsLost()).isZero();
        assertThat(figures.postsRefused() + figures.postsUnanswered()).isZero();
        assertThat(figures.p50Ms()).isPositive().isLessThanOrEqualTo(figures.p99Ms());
    }
}

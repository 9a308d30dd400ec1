package tradecanvas.load.mirror;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tradecanvas.load.postgres.PostgresOptions;
import tradecanvas.load.postgres.RunDatabase;
import tradecanvas.load.process.Cores;
import tradecanvas.load.process.Directories;
import tradecanvas.load.process.StandaloneOptions;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.JsonReport;
import tradecanvas.load.report.Progress;

/** {@code mirror}: rows a second into PostgreSQL, the server's and plain JDBC's in turns. */
@Command(
        name = "mirror",
        mixinStandardHelpOptions = true,
        description = "How fast a backlog and a backfill reach PostgreSQL, beside plain writes to the same database.",
        sortOptions = false)
public final class MirrorCommand implements Callable<Integer> {
    private static final int BATCH_ROWS = 5_000;
    private static final int SMALL_BATCH_ROWS = 500;

    @Option(names = "--rows", description = "Candles that go each way (default: ${DEFAULT-VALUE}).")
    private long rows = 500_000;

    @Option(names = "--series", description = "Series, each with a poster (default: ${DEFAULT-VALUE}).")
    private int series = 4;

    @Option(names = "--row-seconds", description = "For one row a commit (default: ${DEFAULT-VALUE}).")
    private int rowSeconds = 5;

    @Option(names = "--rounds", description = "Rounds, each with fresh servers (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--pin", description = "Server on core 0, client on core 1; PostgreSQL is left alone.")
    private boolean pinned;

    @Option(names = "--out", paramLabel = "FILE", description = "JSON report (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("output/load-test/mirror.json");

    @Option(names = "--require-aims", description = "Exit with 1 when an aim is missed.")
    private boolean aimsRequired;

    @Mixin
    private PostgresOptions postgresOptions = new PostgresOptions();

    @Mixin
    private StandaloneOptions standaloneOptions = new StandaloneOptions();

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        Posts posts = new Posts("M", rows, series, BATCH_ROWS);
        Cores cores = pinned ? new Cores(0, 1) : Cores.ANY;
        cores.pinThisProcess();
        MirrorReport report = new MirrorReport();
        Progress progress = Progress.onStandardError();
        ServerMirror server = new ServerMirror(standaloneOptions.standalone(), cores, posts, progress);
        for (int round = 1; round <= rounds; round++) {
            measure(server, posts, new Recorder(report, progress, round, rounds));
        }
        System.out.println(report.table());
        List<Aim> aims = report.aims();
        aims.forEach(aim -> System.out.println(aim.line()));
        JsonReport.write(
                out,
                report.json(Map.of(
                        "rows", rows, "series", series, "batch_rows", BATCH_ROWS, "rounds", rounds, "pinned", pinned)));
        System.out.println("  report: " + out);
        return aimsRequired && !aims.stream().allMatch(Aim::met) ? 1 : 0;
    }

    private record Recorder(MirrorReport report, Progress progress, int round, int rounds) {
        void add(MirrorWay way, MirrorFigures figures) {
            report.add(round, way, figures);
            progress.step("round " + round + " of " + rounds + ", " + way.title() + ": " + figures.line());
        }
    }

    /** The plain ways go into the database of the live server, which has ended but has brought TimescaleDB along. */
    private void measure(ServerMirror server, Posts posts, Recorder recorder)
            throws IOException, InterruptedException, SQLException {
        Path workDir = standaloneOptions.workDir("mirror");
        try (RunDatabase database = postgresOptions.createDatabase("mirror")) {
            ServerMirror.Live live = server.live(database, workDir.resolve("live"));
            recorder.add(MirrorWay.POSTED, live.posted());
            recorder.add(MirrorWay.MIRRORED, live.backlog().mirrored());
            recorder.add(MirrorWay.BACKLOG, live.backlog().afterLastPost());
            recorder.report().outboxDepth(live.backlog().outboxDepthMax());
            PlainWays plain = new PlainWays(database, posts);
            recorder.add(MirrorWay.UNNEST_5000, plain.unnest(BATCH_ROWS));
            recorder.add(MirrorWay.UNNEST_500, plain.unnest(SMALL_BATCH_ROWS));
            recorder.add(MirrorWay.COPY, plain.copy());
            recorder.add(MirrorWay.ROWS, plain.rows(Duration.ofSeconds(rowSeconds)));
        }
        try (RunDatabase database = postgresOptions.createDatabase("backfill")) {
            recorder.add(MirrorWay.BACKFILL, server.backfill(database, workDir.resolve("backfill")));
        }
        Directories.delete(workDir);
    }
}

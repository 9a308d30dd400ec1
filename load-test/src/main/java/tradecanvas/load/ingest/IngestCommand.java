package tradecanvas.load.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tradecanvas.load.ingest.IngestReport.Kind;
import tradecanvas.load.ingest.IngestReport.Way;
import tradecanvas.load.process.Cores;
import tradecanvas.load.process.Directories;
import tradecanvas.load.process.ServerProcess;
import tradecanvas.load.process.Standalone;
import tradecanvas.load.process.StandaloneOptions;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.JsonReport;
import tradecanvas.load.report.Progress;

/** {@code ingest}: rates of durable writes, the server's and plain SQLite's in turns. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = "Acknowledged candles a second, singly and in batches, beside plain SQLite on the same disk.",
        sortOptions = false)
public final class IngestCommand implements Callable<Integer> {
    @Option(
            names = "--posters",
            split = ",",
            defaultValue = "1,16,64",
            description = "Concurrent posters of single candles (default: ${DEFAULT-VALUE}).")
    private List<Integer> posters = new ArrayList<>();

    @Option(
            names = "--batches",
            split = ",",
            defaultValue = "500,5000",
            description = "Rows of a batch (default: ${DEFAULT-VALUE}).")
    private List<Integer> batches = new ArrayList<>();

    @Option(names = "--seconds", description = "Length of each measurement (default: ${DEFAULT-VALUE}).")
    private int seconds = 5;

    @Option(names = "--warmup-seconds", description = "Of posts before the first (default: ${DEFAULT-VALUE}).")
    private int warmupSeconds = 10;

    @Option(names = "--rounds", description = "Rounds, each with a fresh server (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--pin", description = "Server on core 0, client on core 1.")
    private boolean pinned;

    @Option(names = "--out", paramLabel = "FILE", description = "JSON report (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("output/load-test/ingest.json");

    @Option(names = "--require-aims", description = "Exit with 1 when an aim is missed.")
    private boolean aimsRequired;

    @Mixin
    private StandaloneOptions standaloneOptions = new StandaloneOptions();

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        Standalone server = standaloneOptions.standalone();
        Cores cores = pinned ? new Cores(0, 1) : Cores.ANY;
        cores.pinThisProcess();
        IngestReport report = new IngestReport();
        for (int round = 1; round <= rounds; round++) {
            measure(server, cores, report, round);
        }
        System.out.println(report.table());
        List<Aim> aims = report.aims();
        aims.forEach(aim -> System.out.println(aim.line()));
        JsonReport.write(
                out,
                report.json(Map.of(
                        "seconds", seconds, "warmup_seconds", warmupSeconds, "rounds", rounds, "pinned", pinned)));
        System.out.println("  report: " + out);
        return aimsRequired && !aims.stream().allMatch(Aim::met) ? 1 : 0;
    }

    private void measure(Standalone server, Cores cores, IngestReport report, int round)
            throws IOException, InterruptedException, SQLException {
        Progress progress = Progress.onStandardError();
        Path workDir = standaloneOptions.workDir("ingest");
        Duration time = Duration.ofSeconds(seconds);
        int measurements = 1 + posters.size() + 2 * batches.size();
        Duration lifeMax = Duration.ofSeconds(warmupSeconds + (seconds + 40L) * measurements + 60);
        try (ServerProcess process = ServerProcess.start(server, workDir.resolve("server"), cores, lifeMax)) {
            ServerIngest ingest = new ServerIngest(process.base());
            progress.update("warm-up");
            if (warmupSeconds > 0) {
                ingest.singles(16, Duration.ofSeconds(warmupSeconds));
                ingest.batches(500, Duration.ofSeconds(1));
            }
            add(report, progress, round, new Way(Kind.SQLITE, 1), sqlite(workDir, 1, time));
            for (int count : posters) {
                add(report, progress, round, new Way(Kind.POSTERS, count), ingest.singles(count, time));
            }
            for (int rows : batches) {
                add(report, progress, round, new Way(Kind.SQLITE, rows), sqlite(workDir, rows, time));
                add(report, progress, round, new Way(Kind.BATCHES, rows), ingest.batches(rows, time));
            }
        }
        Directories.delete(workDir);
    }

    private static IngestFigures sqlite(Path workDir, int rowsPerCommit, Duration time)
            throws IOException, SQLException {
        Path directory = Files.createDirectories(workDir.resolve("sqlite-" + rowsPerCommit));
        return PlainSqlite.write(directory.resolve("market.db"), rowsPerCommit, time);
    }

    private void add(IngestReport report, Progress progress, int round, Way way, IngestFigures figures) {
        report.add(way, figures);
        progress.step(String.format(
                "round %d of %d, %s: %,.0f rows/s, p50 %.2f ms, p99 %.2f ms",
                round, rounds, way.name(), figures.rowsPerSecond(), figures.p50Ms(), figures.p99Ms()));
    }
}

package tradecanvas.load.ingest;

import java.io.IOException;
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
import tradecanvas.load.postgres.PostgresOptions;
import tradecanvas.load.postgres.RunDatabase;
import tradecanvas.load.process.Cores;
import tradecanvas.load.process.Directories;
import tradecanvas.load.process.StandaloneOptions;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.JsonReport;
import tradecanvas.load.report.Progress;

/** {@code ingest}: rates of durable writes, the server's and the plain databases' in turns. */
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

    @Option(names = "--dual-write", description = "Also a server that writes to PostgreSQL too, and plain PostgreSQL.")
    private boolean dualWrite;

    @Option(names = "--out", paramLabel = "FILE", description = "JSON report (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("output/load-test/ingest.json");

    @Option(names = "--require-aims", description = "Exit with 1 when an aim is missed.")
    private boolean aimsRequired;

    @Mixin
    private PostgresOptions postgresOptions = new PostgresOptions();

    @Mixin
    private StandaloneOptions standaloneOptions = new StandaloneOptions();

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        Cores cores = pinned ? new Cores(0, 1) : Cores.ANY;
        cores.pinThisProcess();
        IngestRun.Plan plan = new IngestRun.Plan(
                posters, batches, Duration.ofSeconds(seconds), Duration.ofSeconds(warmupSeconds), rounds, cores);
        IngestReport report = new IngestReport();
        IngestRun run = new IngestRun(standaloneOptions.standalone(), plan, report, Progress.onStandardError());
        for (int round = 1; round <= rounds; round++) {
            Path workDir = standaloneOptions.workDir("ingest");
            try (RunDatabase database = dualWrite ? postgresOptions.createDatabase("ingest") : null) {
                run.round(round, workDir, database);
            }
            Directories.delete(workDir);
        }
        System.out.println(report.table());
        List<Aim> aims = report.aims();
        aims.forEach(aim -> System.out.println(aim.line()));
        JsonReport.write(
                out,
                report.json(Map.of(
                        "seconds", seconds,
                        "warmup_seconds", warmupSeconds,
                        "rounds", rounds,
                        "pinned", pinned,
                        "dual_write", dualWrite)));
        System.out.println("  report: " + out);
        return aimsRequired && !aims.stream().allMatch(Aim::met) ? 1 : 0;
    }
}

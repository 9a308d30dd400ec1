package tradecanvas.load.reads;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tradecanvas.load.postgres.PostgresOptions;
import tradecanvas.load.postgres.RunDatabase;
import tradecanvas.load.process.CoreOptions;
import tradecanvas.load.process.Directories;
import tradecanvas.load.process.StandaloneOptions;
import tradecanvas.load.reads.ReadCase.Mode;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.JsonReport;
import tradecanvas.load.report.Progress;

/** {@code reads}: candles over HTTP from each store, beside a static file and the databases themselves, in turns. */
@Command(
        name = "reads",
        mixinStandardHelpOptions = true,
        description = "Answers a second of GET /api/market/candles, beside nginx with a static file and the databases.",
        sortOptions = false)
public final class ReadsCommand implements Callable<Integer> {
    @Option(
            names = "--servers",
            split = ",",
            defaultValue = "sqlite,postgres,nginx,sqlite_jdbc,pgjdbc",
            description = "Which of ${COMPLETION-CANDIDATES} (default: all).")
    private Set<Contender> contenders = EnumSet.noneOf(Contender.class);

    @Option(
            names = "--modes",
            split = ",",
            defaultValue = "hot,cold",
            description = "One series again and again, or all in turn (default: ${DEFAULT-VALUE}).")
    private List<Mode> modes = new ArrayList<>();

    @Option(
            names = "--limits",
            split = ",",
            defaultValue = "500,5000",
            description = "Candles of an answer (default: ${DEFAULT-VALUE}).")
    private List<Integer> limits = new ArrayList<>();

    @Option(names = "--series", description = "Series that are filled, and cold in turn (default: ${DEFAULT-VALUE}).")
    private int series = 2_000;

    @Option(names = "--connections", description = "Connections over HTTP (default: ${DEFAULT-VALUE}).")
    private int connections = 16;

    @Option(names = "--threads", description = "Threads of the databases' own clients (default: ${DEFAULT-VALUE}).")
    private int threads = 4;

    @Option(names = "--seconds", description = "Length of each measurement (default: ${DEFAULT-VALUE}).")
    private int seconds = 5;

    @Option(
            names = "--warmup-seconds",
            description =
                    "Of each case before the first of a round, a few for others than ours (default: ${DEFAULT-VALUE}).")
    private int warmupSeconds = 20;

    @Option(names = "--rounds", description = "Rounds, each with fresh servers (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--out", paramLabel = "FILE", description = "JSON report (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("output/load-test/reads.json");

    @Option(names = "--require-aims", description = "Exit with 1 when an aim is missed.")
    private boolean aimsRequired;

    @Mixin
    private CoreOptions coreOptions = new CoreOptions();

    @Mixin
    private PostgresOptions postgresOptions = new PostgresOptions();

    @Mixin
    private StandaloneOptions standaloneOptions = new StandaloneOptions();

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        ReadsPlan plan = new ReadsPlan(
                contenders,
                modes,
                limits,
                series,
                new ReadsPlan.Load(connections, threads),
                new ReadsPlan.Times(seconds, warmupSeconds),
                coreOptions.cores());
        plan.cores().pinThisProcess();
        ReadsReport report = measure(plan);
        System.out.println(report.table());
        List<Aim> aims = report.aims();
        aims.forEach(aim -> System.out.println(aim.line()));
        report.warnings().forEach(warning -> System.out.println("  note: " + warning));
        JsonReport.write(out, report.json(plan.json()));
        System.out.println("  report: " + out);
        boolean aimsMissed = !aims.stream().allMatch(Aim::met);
        return report.hasFailures() || (aimsRequired && aimsMissed) ? 1 : 0;
    }

    private ReadsReport measure(ReadsPlan plan) throws IOException, InterruptedException, SQLException {
        Path workDir = standaloneOptions.workDir("reads");
        boolean needsPostgres = plan.contenders().stream().anyMatch(Contender::needsPostgres);
        try (RunDatabase database = needsPostgres ? postgresOptions.createDatabase("reads") : null) {
            ReadsReport report = run(plan, database, workDir);
            if (!report.hasFailures()) {
                Directories.delete(workDir); // else it stays, with the servers' logs
            }
            return report;
        }
    }

    private ReadsReport run(ReadsPlan plan, @Nullable RunDatabase database, Path workDir)
            throws IOException, InterruptedException {
        Progress progress = Progress.onStandardError();
        return new ReadsRun(plan, standaloneOptions.standalone(), database, workDir, progress).run(rounds);
    }
}

package tradecanvas.load.storm;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tradecanvas.load.postgres.PostgresOptions;
import tradecanvas.load.postgres.RunDatabase;
import tradecanvas.load.process.CoreOptions;
import tradecanvas.load.process.Directories;
import tradecanvas.load.process.RedisServer;
import tradecanvas.load.process.RoleOptions;
import tradecanvas.load.process.ServerOptions;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.JsonReport;
import tradecanvas.load.report.Progress;
import tradecanvas.model.bus.BusChannels;

/** {@code storm}: all clients at once, each with hundreds of candles to catch up, beside a minimal server in turns. */
@Command(
        name = "storm",
        mixinStandardHelpOptions = true,
        description = "Many clients connect to a gateway at once and catch up, beside a minimal C server.",
        sortOptions = false)
public final class StormCommand implements Callable<Integer> {
    enum Store {
        worker,
        postgres
    }

    @Option(names = "--clients", description = "Clients that connect at once (default: ${DEFAULT-VALUE}).")
    private int clients = 5_000;

    @Option(names = "--history", description = "Candles that each has missed (default: ${DEFAULT-VALUE}).")
    private int history = 500;

    @Option(
            names = "--store",
            description = "Where the gateway reads them, one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Store store = Store.worker;

    @Option(
            names = "--redis-url",
            paramLabel = "URI",
            description = "Brings live candles to the gateway (default: the worker's own line does).")
    private @Nullable String redisUrl;

    @Option(names = "--warmups", description = "Storms before the measured ones (default: ${DEFAULT-VALUE}).")
    private int warmups = 3;

    @Option(names = "--rounds", description = "Rounds, each with fresh servers (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--seconds-max", description = "A storm is given up after that (default: ${DEFAULT-VALUE}).")
    private int secondsMax = 60;

    @Option(names = "--out", paramLabel = "FILE", description = "JSON report (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("output/load-test/storm.json");

    @Option(names = "--require-aims", description = "Exit with 1 when an aim is missed.")
    private boolean aimsRequired;

    @Mixin
    private CoreOptions coreOptions = new CoreOptions();

    @Mixin
    private PostgresOptions postgresOptions = new PostgresOptions();

    @Mixin
    private RoleOptions roleOptions = new RoleOptions();

    @Mixin
    private ServerOptions serverOptions = new ServerOptions();

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        StormPlan plan = new StormPlan(clients, history, warmups, Duration.ofSeconds(secondsMax), coreOptions.cores());
        plan.cores().pinThisProcess();
        StormReport report = measure(plan);
        System.out.println(report.table());
        List<Aim> aims = report.aims();
        aims.forEach(aim -> System.out.println(aim.line()));
        report.warnings().forEach(warning -> System.out.println("  note: " + warning));
        JsonReport.write(out, report.json());
        System.out.println("  report: " + out);
        boolean aimsMissed = !aims.stream().allMatch(Aim::met);
        return report.hasFailures() || (aimsRequired && aimsMissed) ? 1 : 0;
    }

    private StormReport measure(StormPlan plan) throws IOException, InterruptedException, SQLException {
        Path workDir = serverOptions.workDir("storm");
        try (RunDatabase database = store == Store.postgres ? postgresOptions.createDatabase("storm") : null;
                RedisServer redis =
                        redisUrl == null ? null : RedisServer.take(redisUrl, BusChannels.EVENTS, plan.cores())) {
            StormServers servers = new StormServers(
                    roleOptions.workerJar(),
                    roleOptions.gatewayJar(),
                    serverOptions,
                    database,
                    redis == null ? null : redis.url());
            StormReport report = new StormReport(plan);
            new StormRun(plan, servers, workDir, report, Progress.onStandardError()).run(rounds);
            if (!report.hasFailures()) {
                Directories.delete(workDir); // else it stays, with the servers' logs
            }
            return report;
        }
    }
}

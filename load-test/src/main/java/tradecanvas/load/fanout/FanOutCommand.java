package tradecanvas.load.fanout;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tradecanvas.load.process.CoreOptions;
import tradecanvas.load.process.Cores;
import tradecanvas.load.process.Directories;
import tradecanvas.load.process.Layout;
import tradecanvas.load.process.MinimalServer;
import tradecanvas.load.process.MissingPrerequisiteException;
import tradecanvas.load.process.RedisServer;
import tradecanvas.load.process.Role;
import tradecanvas.load.process.RoleOptions;
import tradecanvas.load.process.ServerProcess;
import tradecanvas.load.process.StandaloneOptions;
import tradecanvas.load.process.VertxPeer;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.JsonReport;
import tradecanvas.load.report.Progress;
import tradecanvas.model.bus.BusChannels;

/** {@code fan-out}: servers and sizes in interleaved rounds. */
@Command(
        name = "fan-out",
        mixinStandardHelpOptions = true,
        description = "Latency, CPU and memory of pushing candles to many sockets, beside a minimal C server.",
        sortOptions = false)
public final class FanOutCommand implements Callable<Integer> {
    private static final int OTHER_FILES = 200; // jars, pipes and the like beside the sockets

    enum Feed {
        local,
        redis
    }

    enum Server {
        standalone,
        gateway,
        minimal,
        nchan
    }

    enum Peer {
        vertx
    }

    @Option(
            names = "--feed",
            description =
                    "How candles reach the server: posted to itself (local), or to a worker that publishes them over"
                            + " Redis (redis) (default: ${DEFAULT-VALUE}).")
    private Feed feed = Feed.local;

    @Option(
            names = "--servers",
            split = ",",
            description = "Which of ${COMPLETION-CANDIDATES} (default: standalone,minimal; with --feed redis"
                    + " gateway,minimal,nchan).")
    private List<Server> servers = new ArrayList<>();

    @Option(
            names = "--peer",
            split = ",",
            description = "A further server to compare with: ${COMPLETION-CANDIDATES}, one writeTextMessage a socket.")
    private Set<Peer> peers = EnumSet.noneOf(Peer.class);

    @Option(
            names = "--sockets",
            split = ",",
            defaultValue = "1000,10000",
            description = "Numbers of sockets (default: ${DEFAULT-VALUE}).")
    private List<Integer> sockets = new ArrayList<>();

    @Option(
            names = {"--rates", "--rate"},
            split = ",",
            defaultValue = "50",
            description = "Candles a second (default: ${DEFAULT-VALUE}).")
    private List<Integer> rates = new ArrayList<>();

    @Option(names = "--seconds", description = "Length of the steady part (default: ${DEFAULT-VALUE}).")
    private int seconds = 20;

    @Option(names = "--warmup-seconds", description = "At the same rate before it (default: ${DEFAULT-VALUE}).")
    private int warmupSeconds = 30;

    @Option(names = "--rounds", description = "Rounds of all servers (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--out", paramLabel = "FILE", description = "JSON report (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("output/load-test/fan-out.json");

    @Option(names = "--require-aims", description = "Exit with 1 when an aim is missed.")
    private boolean aimsRequired;

    @Mixin
    private CoreOptions coreOptions = new CoreOptions();

    @Option(
            names = "--redis-url",
            paramLabel = "URI",
            description = "With --feed redis (default: $TRADE_CANVAS_REDIS_URL).")
    private @Nullable String redisUrl;

    @Mixin
    private StandaloneOptions standaloneOptions = new StandaloneOptions();

    @Mixin
    private RoleOptions roleOptions = new RoleOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkFileLimit();
        Cores cores = coreOptions.cores();
        cores.pinThisProcess();
        FanOutPlan plan = new FanOutPlan(seconds, warmupSeconds, cores);
        FanOutReport report = feed == Feed.local ? measure(plan, alone()) : measureOverRedis(plan);
        System.out.println(report.table());
        List<Aim> aims = report.aims();
        aims.forEach(aim -> System.out.println(aim.line()));
        report.warnings().forEach(warning -> System.out.println("  note: " + warning));
        JsonReport.write(out, report.json());
        System.out.println("  report: " + out);
        boolean aimsMissed = !aims.stream().allMatch(Aim::met);
        return !report.failures().isEmpty() || (aimsRequired && aimsMissed) ? 1 : 0;
    }

    private FanOutReport measureOverRedis(FanOutPlan plan) throws IOException, InterruptedException {
        if (!peers.isEmpty()) {
            throw new MissingPrerequisiteException("--peer has no feed from Redis");
        }
        Path feedDir = standaloneOptions.workDir("fan-out-feed");
        FanOutReport report;
        try (RedisServer redis = RedisServer.take(redisUrl, BusChannels.EVENTS, plan.cores());
                RedisFeed redisFeed = new RedisFeed(redis, plan.cores(), feedDir)) {
            report = measure(plan, overRedis(redisFeed));
        }
        if (report.failures().isEmpty()) {
            Directories.delete(feedDir); // else it stays, with the worker's log
        }
        return report;
    }

    private FanOutReport measure(FanOutPlan plan, List<Contender> contenders) throws IOException, InterruptedException {
        Progress progress = Progress.onStandardError();
        FanOutRun run = new FanOutRun(plan, progress);
        Path workDir = standaloneOptions.workDir("fan-out");
        List<FanOutCase> cases = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Load load : loads()) {
            Map<String, List<FanOutFigures>> figures = new LinkedHashMap<>();
            contenders.forEach(server -> figures.put(server.name(), new ArrayList<>()));
            for (int round = 1; round <= rounds; round++) {
                for (Contender server : inTurn(contenders, round)) {
                    String name = load + ", round " + round + " of " + rounds + ", " + server.name() + ": ";
                    progress.update(name + "starting");
                    Path directory = workDir.resolve(
                            load.sockets() + "-" + load.ratePerSecond() + "-" + round + "-" + server.name());
                    try {
                        FanOutFigures measured = run.run(server, load, directory);
                        Directories.delete(directory);
                        figures.getOrDefault(server.name(), new ArrayList<>()).add(measured);
                        progress.step(name + line(measured));
                    } catch (IOException | IllegalStateException failure) {
                        // the others' figures are worth having; the directory stays, with the server's log
                        failures.add(name + "failed: " + failure.getMessage() + ", see " + directory);
                        progress.step(failures.getLast());
                    }
                }
            }
            figures.forEach((server, measured) -> cases.add(new FanOutCase(server, load, measured)));
        }
        if (failures.isEmpty()) {
            Directories.delete(workDir);
        }
        return new FanOutReport(plan, cases, failures);
    }

    private static String line(FanOutFigures measured) {
        return String.format(
                "p50 %.1f ms, p99 %.1f ms, %.2f us a message, %.2f %% delivered",
                measured.p50Ms(), measured.p99Ms(), measured.cpuMicrosPerMessage(), 100 * measured.deliveredShare());
    }

    /** Each round starts with another server, so that none always runs on a rested machine. */
    private static List<Contender> inTurn(List<Contender> contenders, int round) {
        List<Contender> turn = new ArrayList<>(contenders);
        Collections.rotate(turn, 1 - round);
        return turn;
    }

    private List<Load> loads() {
        return sockets.stream()
                .flatMap(size -> rates.stream().map(rate -> new Load(size, rate)))
                .toList();
    }

    private List<Contender> alone() throws IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        for (Server server : servers.isEmpty() ? List.of(Server.standalone, Server.minimal) : servers) {
            contenders.add(Contender.alone(
                    switch (server) {
                        case standalone -> standaloneOptions.standalone();
                        case minimal -> minimal();
                        case gateway, nchan ->
                            throw new MissingPrerequisiteException(server + " takes part with --feed redis only");
                    }));
        }
        for (Peer peer : peers) {
            contenders.add(Contender.alone(
                    switch (peer) {
                        case vertx -> new VertxPeer();
                    }));
        }
        return contenders;
    }

    private List<Contender> overRedis(RedisFeed redisFeed) throws IOException, InterruptedException {
        List<Server> wanted = servers.isEmpty() ? List.of(Server.gateway, Server.minimal, Server.nchan) : servers;
        int workerPort = ServerProcess.freePort();
        List<Role> gateways = new ArrayList<>();
        List<MinimalServer> minimals = new ArrayList<>();
        List<Contender> others = new ArrayList<>();
        for (Server server : wanted) {
            switch (server) {
                case gateway -> gateways.add(gateway(workerPort));
                case minimal -> minimals.add(minimal());
                case nchan -> others.add(redisFeed.nchan());
                case standalone ->
                    throw new MissingPrerequisiteException(
                            "standalone is its own worker: it takes part with --feed local");
            }
        }
        List<Contender> contenders = redisFeed.behindWorker(roleOptions.workerJar(), workerPort, gateways, minimals);
        contenders.addAll(others);
        return contenders;
    }

    private Role gateway(int workerPort) throws IOException {
        return Role.gateway(roleOptions.gatewayJar(), standaloneOptions.server().javaOptions(), workerPort)
                .with(Map.of("TRADE_CANVAS_WS_CONNECTS_PER_SECOND_MAX", "1000000")) // storm measures that limit
                .with(standaloneOptions.server().environment());
    }

    private static MinimalServer minimal() throws IOException, InterruptedException {
        Layout layout = Layout.ofThisCode();
        return MinimalServer.compile(layout.minimalServerSource(), layout.minimalServerBinary());
    }

    private void checkFileLimit() throws IOException {
        long limit = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getMaxFileDescriptorCount();
        for (int size : sockets) {
            if (size + OTHER_FILES > limit) {
                throw new IOException(size + " sockets exceed the limit of " + limit + " open files of a process");
            }
        }
    }
}

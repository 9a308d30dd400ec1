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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tradecanvas.load.process.CoreOptions;
import tradecanvas.load.process.Cores;
import tradecanvas.load.process.Directories;
import tradecanvas.load.process.Layout;
import tradecanvas.load.process.MinimalServer;
import tradecanvas.load.process.ServerUnderTest;
import tradecanvas.load.process.StandaloneOptions;
import tradecanvas.load.process.VertxPeer;
import tradecanvas.load.report.Aim;
import tradecanvas.load.report.JsonReport;
import tradecanvas.load.report.Progress;

/** {@code fan-out}: servers and sizes in interleaved rounds. */
@Command(
        name = "fan-out",
        mixinStandardHelpOptions = true,
        description = "Latency, CPU and memory of pushing candles to many sockets, beside a minimal C server.",
        sortOptions = false)
public final class FanOutCommand implements Callable<Integer> {
    private static final int OTHER_FILES = 200; // jars, pipes and the like beside the sockets

    enum Server {
        standalone,
        minimal
    }

    enum Peer {
        vertx
    }

    @Option(
            names = "--servers",
            split = ",",
            defaultValue = "standalone,minimal",
            description = "Which of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
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

    @Option(names = "--rate", description = "Candles a second (default: ${DEFAULT-VALUE}).")
    private int rate = 50;

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

    @Mixin
    private StandaloneOptions standaloneOptions = new StandaloneOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkFileLimit();
        List<ServerUnderTest> contenders = contenders();
        Cores cores = coreOptions.cores();
        cores.pinThisProcess();
        FanOutReport report = measure(new FanOutPlan(rate, seconds, warmupSeconds, cores), contenders);
        System.out.println(report.table());
        List<Aim> aims = report.aims();
        aims.forEach(aim -> System.out.println(aim.line()));
        report.warnings().forEach(warning -> System.out.println("  note: " + warning));
        JsonReport.write(out, report.json());
        System.out.println("  report: " + out);
        boolean aimsMissed = !aims.stream().allMatch(Aim::met);
        return !report.failures().isEmpty() || (aimsRequired && aimsMissed) ? 1 : 0;
    }

    private FanOutReport measure(FanOutPlan plan, List<ServerUnderTest> contenders)
            throws IOException, InterruptedException {
        Progress progress = Progress.onStandardError();
        FanOutRun run = new FanOutRun(plan, progress);
        Path workDir = standaloneOptions.workDir("fan-out");
        List<FanOutCase> cases = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (int size : sockets) {
            Map<String, List<FanOutFigures>> figures = new LinkedHashMap<>();
            contenders.forEach(server -> figures.put(server.name(), new ArrayList<>()));
            for (int round = 1; round <= rounds; round++) {
                for (ServerUnderTest server : inTurn(contenders, round)) {
                    String name = size + " sockets, round " + round + " of " + rounds + ", " + server.name() + ": ";
                    progress.update(name + "starting");
                    Path directory = workDir.resolve(size + "-" + round + "-" + server.name());
                    try {
                        FanOutFigures measured = run.run(server, size, directory);
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
            figures.forEach((server, measured) -> cases.add(new FanOutCase(server, size, measured)));
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
    private static List<ServerUnderTest> inTurn(List<ServerUnderTest> contenders, int round) {
        List<ServerUnderTest> turn = new ArrayList<>(contenders);
        Collections.rotate(turn, 1 - round);
        return turn;
    }

    private List<ServerUnderTest> contenders() throws IOException, InterruptedException {
        List<ServerUnderTest> contenders = new ArrayList<>();
        Layout layout = Layout.ofThisCode();
        for (Server server : servers) {
            contenders.add(
                    switch (server) {
                        case standalone -> standaloneOptions.standalone();
                        case minimal ->
                            MinimalServer.compile(layout.minimalServerSource(), layout.minimalServerBinary());
                    });
        }
        for (Peer peer : peers) {
            contenders.add(
                    switch (peer) {
                        case vertx -> new VertxPeer();
                    });
        }
        return contenders;
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

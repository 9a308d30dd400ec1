package tradecanvas.load.fanout;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import tradecanvas.load.client.OpenLoopPoster;
import tradecanvas.load.client.Schedule;
import tradecanvas.load.client.SocketSwarm;
import tradecanvas.load.process.ProcessUsage;
import tradecanvas.load.process.ServerProcess;
import tradecanvas.load.process.ServerUnderTest;
import tradecanvas.load.report.Progress;

/**
 * Measures one server with one number of sockets: start, rehearsal, connect, warm-up, steady part, stop.
 *
 * <p>The memory of a connection is the growth of the process from before to after connecting. A JVM first rehearses with
 * a few sockets on another series, so that code and pools are there, and collects garbage before both looks. Threads:
 * one owner.
 */
final class FanOutRun {
    private static final int REHEARSAL_SOCKETS_MAX = 200;
    private static final int REHEARSAL_SECONDS = 5;
    private static final long STEP_SECONDS = 60;
    private static final long FIRST_TIME = 1_700_000_040;
    private static final int CONNECT_CONCURRENCY = 200;
    private static final Duration CONNECT_TIME_MAX = Duration.ofMinutes(2);
    private static final Duration SETTLE_TIME = Duration.ofSeconds(1);
    private static final Duration DRAIN_TIME_MAX = Duration.ofSeconds(10);
    private static final Duration WARMUP_DRAIN_TIME_MAX = Duration.ofSeconds(30);
    private static final long LEAD_NANOS = 100_000_000;

    private final FanOutPlan plan;
    private final Progress progress;
    private int runs; // a worker that outlives a run must get another series

    FanOutRun(FanOutPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Errors: IOException when the server cannot be started, refuses sockets or dies. */
    FanOutFigures run(Contender contender, Load load, Path workDir) throws IOException, InterruptedException {
        ServerUnderTest server = contender.server();
        runs++;
        try (ServerProcess process = ServerProcess.start(server, workDir, plan.cores(), plan.serverLifeMax());
                ExecutorService poster = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("poster").daemon().factory())) {
            Stage stage = new Stage(server, process, contender.intakeOf(process), poster);
            if (server.isJvm()) {
                rehearse(stage, new Load(Math.min(load.sockets(), REHEARSAL_SOCKETS_MAX), load.ratePerSecond()));
            }
            return measure(stage, load);
        }
    }

    /** What a run needs to play candles. */
    private record Stage(ServerUnderTest server, ServerProcess process, Intake intake, ExecutorService poster) {
        FanOutRecorder recorder(String series) {
            String subscribe =
                    server.takesSubscriptions() ? "{\"type\":\"subscribe\",\"series_id\":\"" + series + "\"}" : "";
            return new FanOutRecorder(subscribe, STEP_SECONDS);
        }
    }

    private void rehearse(Stage stage, Load load) throws IOException, InterruptedException {
        String series = series("W");
        FanOutRecorder recorder = stage.recorder(series);
        try (SocketSwarm swarm = new SocketSwarm(stage.process().marketSocket(), CONNECT_CONCURRENCY);
                OpenLoopPoster posts = new OpenLoopPoster(stage.intake().base())) {
            connect(swarm, recorder, load.sockets());
            FanOutPhase phase = phase(stage, recorder, posts, series, load);
            phase.play(schedule(FIRST_TIME, load, REHEARSAL_SECONDS), WARMUP_DRAIN_TIME_MAX, "rehearsal");
        }
        pause(SETTLE_TIME);
    }

    private FanOutFigures measure(Stage stage, Load load) throws IOException, InterruptedException {
        ServerProcess process = stage.process();
        String series = series("R");
        FanOutRecorder recorder = stage.recorder(series);
        process.collectGarbage();
        long rssBefore = process.usage().rssBytes();
        Steady steady;
        double rssKbPerConnection;
        try (SocketSwarm swarm = new SocketSwarm(process.marketSocket(), CONNECT_CONCURRENCY);
                OpenLoopPoster posts = new OpenLoopPoster(stage.intake().base())) {
            connect(swarm, recorder, load.sockets());
            pause(SETTLE_TIME);
            process.collectGarbage();
            rssKbPerConnection = (process.usage().rssBytes() - rssBefore) / 1_000.0 / load.sockets();
            FanOutPhase phase = phase(stage, recorder, posts, series, load);
            Schedule warmup = schedule(FIRST_TIME, load, plan.warmupSeconds());
            if (warmup.count() > 0) {
                phase.play(warmup, WARMUP_DRAIN_TIME_MAX, "warm-up");
            }
            steady = steady(stage, phase, schedule(warmup.endTime(), load, plan.seconds()));
        }
        return figures(recorder, steady, rssKbPerConnection, load);
    }

    private record Steady(
            Tally tally,
            OpenLoopPoster.Outcome posts,
            long deliveredByEnd,
            long serverCpuMicros,
            double clientCpuShare) {}

    private Steady steady(Stage stage, FanOutPhase phase, Schedule schedule) throws IOException, InterruptedException {
        ProcessUsage serverBefore = stage.process().usage();
        long clientBefore = clientSideCpuNanos(stage);
        long start = System.nanoTime();
        FanOutPhase.Played played = phase.play(schedule, DRAIN_TIME_MAX, "steady");
        long delivered = played.tally().delivered();
        long serverCpuMicros = stage.process().usage().cpuMicros() - serverBefore.cpuMicros();
        double clientCpuShare = (double) (clientSideCpuNanos(stage) - clientBefore) / (System.nanoTime() - start);
        return new Steady(played.tally(), played.posts(), delivered, serverCpuMicros, clientCpuShare);
    }

    private FanOutFigures figures(FanOutRecorder recorder, Steady steady, double rssKbPerConnection, Load load) {
        Tally tally = steady.tally();
        long expected = (long) load.sockets() * load.messages(plan.seconds());
        return new FanOutFigures(
                tally.latencyMs(50),
                tally.latencyMs(99),
                tally.latencyMsMax(),
                (double) tally.inTime() / expected,
                steady.deliveredByEnd() == 0 ? Double.NaN : (double) steady.serverCpuMicros() / steady.deliveredByEnd(),
                tally.deliveriesPerSecond(),
                steady.deliveredByEnd(),
                expected,
                recorder.outOfOrder(),
                recorder.duplicates(),
                recorder.lost(),
                rssKbPerConnection,
                steady.clientCpuShare(),
                steady.posts().latenessNanosMax() / 1e6,
                steady.posts().refused(),
                steady.posts().unanswered());
    }

    private String series(String kind) {
        return String.format(Locale.ROOT, "binance:futures:%s%02d/USDT:1m", kind, runs); // as long as BTC
    }

    private FanOutPhase phase(Stage stage, FanOutRecorder recorder, OpenLoopPoster posts, String series, Load load) {
        return new FanOutPhase(recorder, posts, stage.poster(), stage.intake(), series, load.sockets(), progress);
    }

    private static Schedule schedule(long firstTime, Load load, int seconds) {
        long start = System.nanoTime() + LEAD_NANOS;
        return new Schedule(firstTime, STEP_SECONDS, load.messages(seconds), start, load.periodNanos());
    }

    private void connect(SocketSwarm swarm, FanOutRecorder recorder, int sockets)
            throws IOException, InterruptedException {
        progress.update("connecting " + sockets + " sockets");
        swarm.open(sockets, _ -> recorder.socket(), CONNECT_TIME_MAX);
        if (recorder.opened() < sockets) {
            throw new IOException("only " + recorder.opened() + " of " + sockets
                    + " sockets could be opened, the first failure: " + recorder.firstLoss());
        }
    }

    /** Of this process and of the one that passes candles on, if it is not the server itself. */
    private static long clientSideCpuNanos(Stage stage) throws IOException {
        long own =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
        boolean passedOn = stage.intake().process() != stage.process();
        return passedOn ? own + 1_000 * stage.intake().usage().cpuMicros() : own;
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}

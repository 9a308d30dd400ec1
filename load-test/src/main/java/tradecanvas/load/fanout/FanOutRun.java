package tradecanvas.load.fanout;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final String SERIES = "binance:futures:BTC/USDT:1m";
    private static final String REHEARSAL_SERIES = "binance:futures:WRM/USDT:1m";
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

    FanOutRun(FanOutPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Errors: IOException when the server cannot be started, refuses sockets or dies. */
    FanOutFigures run(ServerUnderTest server, int sockets, Path workDir) throws IOException, InterruptedException {
        try (ServerProcess process = ServerProcess.start(server, workDir, plan.cores(), plan.serverLifeMax());
                ExecutorService poster = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("poster").daemon().factory())) {
            if (server.isJvm()) {
                rehearse(process, poster, Math.min(sockets, REHEARSAL_SOCKETS_MAX));
            }
            return measure(process, poster, sockets);
        }
    }

    private void rehearse(ServerProcess process, ExecutorService poster, int sockets)
            throws IOException, InterruptedException {
        FanOutRecorder recorder = new FanOutRecorder(REHEARSAL_SERIES, STEP_SECONDS);
        try (SocketSwarm swarm = new SocketSwarm(process.marketSocket(), CONNECT_CONCURRENCY);
                OpenLoopPoster posts = new OpenLoopPoster(process.base())) {
            connect(swarm, recorder, sockets);
            int messages = REHEARSAL_SECONDS * plan.ratePerSecond();
            FanOutPhase phase = new FanOutPhase(recorder, posts, poster, REHEARSAL_SERIES, sockets, progress);
            phase.play(schedule(FIRST_TIME, messages), WARMUP_DRAIN_TIME_MAX, "rehearsal");
        }
        pause(SETTLE_TIME);
    }

    private FanOutFigures measure(ServerProcess process, ExecutorService poster, int sockets)
            throws IOException, InterruptedException {
        FanOutRecorder recorder = new FanOutRecorder(SERIES, STEP_SECONDS);
        process.collectGarbage();
        long rssBefore = process.usage().rssBytes();
        Steady steady;
        double rssKbPerConnection;
        try (SocketSwarm swarm = new SocketSwarm(process.marketSocket(), CONNECT_CONCURRENCY);
                OpenLoopPoster posts = new OpenLoopPoster(process.base())) {
            connect(swarm, recorder, sockets);
            pause(SETTLE_TIME);
            process.collectGarbage();
            rssKbPerConnection = (process.usage().rssBytes() - rssBefore) / 1_000.0 / sockets;
            FanOutPhase phase = new FanOutPhase(recorder, posts, poster, SERIES, sockets, progress);
            long firstSteadyTime = FIRST_TIME;
            if (plan.warmupMessages() > 0) {
                phase.play(schedule(FIRST_TIME, plan.warmupMessages()), WARMUP_DRAIN_TIME_MAX, "warm-up");
                firstSteadyTime += plan.warmupMessages() * STEP_SECONDS;
            }
            steady = steady(process, phase, firstSteadyTime);
        }
        return figures(recorder, steady, rssKbPerConnection, sockets);
    }

    private record Steady(
            Tally tally,
            OpenLoopPoster.Outcome posts,
            long deliveredByEnd,
            long serverCpuMicros,
            double clientCpuShare) {}

    private Steady steady(ServerProcess process, FanOutPhase phase, long firstTime)
            throws IOException, InterruptedException {
        ProcessUsage serverBefore = process.usage();
        long clientBefore = clientCpuNanos();
        long start = System.nanoTime();
        FanOutPhase.Played played = phase.play(schedule(firstTime, plan.messages()), DRAIN_TIME_MAX, "steady");
        long delivered = played.tally().delivered();
        long serverCpuMicros = process.usage().cpuMicros() - serverBefore.cpuMicros();
        double clientCpuShare = (double) (clientCpuNanos() - clientBefore) / (System.nanoTime() - start);
        return new Steady(played.tally(), played.posts(), delivered, serverCpuMicros, clientCpuShare);
    }

    private FanOutFigures figures(FanOutRecorder recorder, Steady steady, double rssKbPerConnection, int sockets) {
        Tally tally = steady.tally();
        return new FanOutFigures(
                tally.latencyMs(50),
                tally.latencyMs(99),
                tally.latencyMsMax(),
                steady.deliveredByEnd() == 0 ? Double.NaN : (double) steady.serverCpuMicros() / steady.deliveredByEnd(),
                tally.deliveriesPerSecond(),
                steady.deliveredByEnd(),
                (long) sockets * plan.messages(),
                recorder.outOfOrder(),
                recorder.duplicates(),
                recorder.lost(),
                rssKbPerConnection,
                steady.clientCpuShare(),
                steady.posts().latenessNanosMax() / 1e6,
                steady.posts().refused(),
                steady.posts().unanswered());
    }

    private Schedule schedule(long firstTime, int messages) {
        return new Schedule(firstTime, STEP_SECONDS, messages, System.nanoTime() + LEAD_NANOS, plan.periodNanos());
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

    private static long clientCpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}

package tradecanvas.load.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import tradecanvas.load.client.CandleSource;
import tradecanvas.load.client.ClosedLoopPosters;
import tradecanvas.load.client.MirrorWatch;
import tradecanvas.load.client.PostRequest;
import tradecanvas.load.client.ServerFrames;
import tradecanvas.load.process.Layout;
import tradecanvas.load.process.MinimalServer;
import tradecanvas.load.process.ServerProcess;
import tradecanvas.load.report.Progress;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.wire.ServerMessage;
import tradecanvas.model.wire.ServerMessageCodec;

/**
 * All rounds: a gateway with its storms and the minimal server with its own, in turns, beside one worker.
 *
 * <p>Threads: one owner.
 */
final class StormRun {
    private static final String SERIES = "binance:futures:BTC/USDT:1m";
    private static final Duration LIFE_MAX = Duration.ofHours(2);
    private static final Duration PRELOAD_TIME_MAX = Duration.ofMinutes(1);

    /** Longer than a gateway gives an answer of the store to others. */
    private static final Duration REST = Duration.ofMillis(1_500);

    private final StormPlan plan;
    private final StormServers servers;
    private final Path workDir;
    private final StormReport report;
    private final Progress progress;

    StormRun(StormPlan plan, StormServers servers, Path workDir, StormReport report, Progress progress) {
        this.plan = plan;
        this.servers = servers;
        this.workDir = workDir;
        this.report = report;
        this.progress = progress;
    }

    /** Errors: IOException when the worker cannot be started or filled; what befalls a server is in the report. */
    void run(int rounds) throws IOException, InterruptedException {
        int workerPort = ServerProcess.freePort();
        try (ServerProcess worker = ServerProcess.start(
                servers.worker(workerPort),
                workDir.resolve("worker"),
                plan.cores().ofClientSide(),
                LIFE_MAX)) {
            CandleSource source = new CandleSource(SERIES);
            fill(worker, source);
            for (int round = 1; round <= rounds; round++) {
                boolean minimalFirst = round % 2 == 0;
                if (minimalFirst) {
                    minimal(round);
                }
                gateway(round, worker, workerPort, source);
                if (!minimalFirst) {
                    minimal(round);
                }
            }
        }
    }

    private void fill(ServerProcess worker, CandleSource source) throws IOException, InterruptedException {
        byte[] batch = PostRequest.batch(worker.base(), SERIES, source.next(2 * plan.history()));
        new ClosedLoopPosters(worker.base()).postAll(List.of(List.of(batch).iterator()), PRELOAD_TIME_MAX);
        if (servers.database() != null) {
            try (MirrorWatch mirror = new MirrorWatch(worker.base())) {
                mirror.awaitDrained(PRELOAD_TIME_MAX);
            }
        }
    }

    private void gateway(int round, ServerProcess worker, int workerPort, CandleSource source)
            throws InterruptedException {
        Path directory = workDir.resolve("gateway-" + round);
        try (ServerProcess process =
                ServerProcess.start(servers.gateway(workerPort), directory, plan.cores(), LIFE_MAX)) {
            Storm storm = new Storm(plan, process, worker.base(), source, true);
            for (int i = 0; i < plan.warmups(); i++) {
                StormFigures warmup = storm.play(i % 2 == 1); // both kinds of storm are warm afterwards
                if (i == 0) {
                    keep(round, new StormKey("gateway", Variant.cold), warmup);
                }
                rest();
            }
            keep(round, new StormKey("gateway", Variant.quiet), storm.play(false));
            rest();
            keep(round, new StormKey("gateway", Variant.live), storm.play(true));
        } catch (IOException | IllegalStateException failure) {
            fail("gateway, round " + round, failure);
        }
    }

    private void minimal(int round) throws InterruptedException {
        for (Variant variant : List.of(Variant.quiet, Variant.live)) {
            try {
                CandleSource source = new CandleSource(SERIES);
                MinimalServer server = minimal(source);
                Path directory = workDir.resolve("minimal-" + variant + "-" + round);
                try (ServerProcess process = ServerProcess.start(server, directory, plan.cores(), LIFE_MAX)) {
                    Storm storm = new Storm(plan, process, process.base(), source, false);
                    keep(round, new StormKey("minimal", variant), storm.play(variant == Variant.live));
                }
            } catch (IOException | IllegalStateException failure) {
                fail("minimal, round " + round, failure);
            }
        }
    }

    /** It sends the bytes that a gateway sends for the same candles, ready in a file. */
    private MinimalServer minimal(CandleSource source) throws IOException, InterruptedException {
        Layout layout = Layout.ofThisCode();
        List<Candle> candles = source.next(plan.history());
        byte[] message = ServerMessageCodec.encode(new ServerMessage.CandlesBatch(SERIES, candles));
        Files.createDirectories(workDir);
        Path frames = workDir.resolve("history.frames");
        Files.write(frames, ServerFrames.text(message));
        return MinimalServer.compile(layout.minimalServerSource(), layout.minimalServerBinary())
                .withHistory(frames);
    }

    private void keep(int round, StormKey key, StormFigures figures) {
        report.add(round, key, figures);
        progress.step(String.format(
                "round %d, %s %s: p50 %.0f ms, last %.0f ms, %.0f us of CPU a client, %d of %d complete",
                round,
                key.server(),
                key.variant(),
                figures.p50Ms(),
                figures.lastMs(),
                figures.cpuMicrosPerClient(),
                figures.complete(),
                plan.clients()));
    }

    private void fail(String name, Exception failure) {
        report.fail(name + " failed: " + failure.getMessage());
        progress.step(name + " failed: " + failure.getMessage());
    }

    private static void rest() {
        long end = System.nanoTime() + REST.toNanos();
        for (long left = REST.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}

package tradecanvas.load.mirror;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import tradecanvas.load.client.ClosedLoopPosters;
import tradecanvas.load.client.MirrorWatch;
import tradecanvas.load.client.TextClient;
import tradecanvas.load.postgres.RunDatabase;
import tradecanvas.load.process.Cores;
import tradecanvas.load.process.DualWrite;
import tradecanvas.load.process.ServerProcess;
import tradecanvas.load.process.Standalone;
import tradecanvas.load.report.Progress;

/** The server's ways into PostgreSQL. Threads: one owner. */
final class ServerMirror {
    private static final Duration TIME_MAX = Duration.ofMinutes(30);
    private static final Duration LIFE_MAX = TIME_MAX.multipliedBy(3);
    private static final long LOOK_NANOS = 50_000_000;
    private static final String BACKFILL = "/internal/mirror/backfill";

    private final Standalone standalone;
    private final Cores cores;
    private final Posts posts;
    private final Progress progress;

    ServerMirror(Standalone standalone, Cores cores, Posts posts, Progress progress) {
        this.standalone = standalone;
        this.cores = cores;
        this.posts = posts;
        this.progress = progress;
    }

    /** What became of the posts: acknowledged, and in the mirror. */
    record Live(MirrorFigures posted, Backlog backlog) {}

    /** Posts all rows as fast as they are taken, and watches the mirror until it has them all. */
    Live live(RunDatabase database, Path directory) throws IOException, InterruptedException {
        Standalone mirrored = standalone.with(DualWrite.writing(database.dsn()));
        try (ServerProcess process = ServerProcess.start(mirrored, directory, cores, LIFE_MAX);
                MirrorWatch watch = new MirrorWatch(process.base())) {
            progress.update("warm-up");
            post(process.base(), posts.warmUp());
            watch.awaitDrained(TIME_MAX);
            Backlog backlog = new Backlog();
            backlog.seen(System.nanoTime(), watch.look());
            CompletableFuture<ClosedLoopPosters.Outcome> posting =
                    CompletableFuture.supplyAsync(() -> post(process.base(), posts));
            while (!posting.isDone()) {
                look(watch, backlog);
            }
            ClosedLoopPosters.Outcome outcome = result(posting);
            backlog.lastPostAnswered();
            long deadline = System.nanoTime() + TIME_MAX.toNanos();
            while (look(watch, backlog).outboxDepth() > 0) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IOException("the mirror is not complete after " + TIME_MAX.toMinutes() + " minutes");
                }
            }
            return new Live(MirrorFigures.of(posts.rows(), outcome.elapsed()), backlog);
        }
    }

    /** Fills a file with dual write off, and has the next server on that file copy it. */
    MirrorFigures backfill(RunDatabase database, Path directory) throws IOException, InterruptedException {
        progress.update("filling a file");
        try (ServerProcess process = ServerProcess.start(standalone, directory, cores, LIFE_MAX)) {
            post(process.base(), posts);
        }
        int port = ServerProcess.freePort();
        Standalone mirrored = standalone
                .with(DualWrite.writing(database.dsn()))
                .with(Map.of("TRADE_CANVAS_INTERNAL_PORT", Integer.toString(port)));
        URI backfill = URI.create("http://127.0.0.1:" + port + BACKFILL);
        try (ServerProcess process = ServerProcess.start(mirrored, directory, cores, LIFE_MAX);
                MirrorWatch watch = new MirrorWatch(process.base());
                TextClient http = new TextClient()) {
            watch.awaitDrained(TIME_MAX);
            long start = System.nanoTime();
            http.post(backfill);
            BackfillProgress end = awaitDone(http, backfill, start + TIME_MAX.toNanos());
            return MirrorFigures.of(end.rowsDone(), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private BackfillProgress awaitDone(TextClient http, URI backfill, long deadline)
            throws IOException, InterruptedException {
        while (true) {
            BackfillProgress now = BackfillProgress.parse(http.get(backfill));
            if (now.isDone()) {
                return now;
            }
            if (now.hasStopped() || System.nanoTime() - deadline > 0) {
                throw new IOException("the backfill does not get done: " + now);
            }
            progress.update(String.format("backfill: %,d of %,d rows", now.rowsDone(), now.rowsTotal()));
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private MirrorWatch.Sample look(MirrorWatch watch, Backlog backlog) throws IOException, InterruptedException {
        LockSupport.parkNanos(LOOK_NANOS);
        MirrorWatch.Sample sample = watch.look();
        backlog.seen(System.nanoTime(), sample);
        progress.update(String.format("mirrored %,d, outbox %,d", sample.rows(), sample.outboxDepth()));
        return sample;
    }

    private static ClosedLoopPosters.Outcome post(URI base, Posts posts) {
        try {
            return new ClosedLoopPosters(base).postAll(posts.requests(base), TIME_MAX);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("posting was interrupted", interrupted);
        }
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failure) {
            throw new IllegalStateException("posting failed: " + failure.getCause(), failure);
        }
    }
}

package tradecanvas.load.fanout;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import tradecanvas.load.client.OpenLoopPoster;
import tradecanvas.load.client.Schedule;
import tradecanvas.load.report.Progress;
import tradecanvas.model.candle.Candle;

/** Plays schedules to one set of sockets. Threads: one owner, and the one thread of {@code poster} while it plays. */
final class FanOutPhase {
    private static final long POLL_NANOS = 5_000_000;
    private static final long PROGRESS_NANOS = 1_000_000_000;

    private final FanOutRecorder recorder;
    private final OpenLoopPoster posts;
    private final ExecutorService poster;
    private final Intake intake;
    private final String series;
    private final int sockets;
    private final Progress progress;

    FanOutPhase(
            FanOutRecorder recorder,
            OpenLoopPoster posts,
            ExecutorService poster,
            Intake intake,
            String series,
            int sockets,
            Progress progress) {
        this.recorder = recorder;
        this.posts = posts;
        this.poster = poster;
        this.intake = intake;
        this.series = series;
        this.sockets = sockets;
        this.progress = progress;
    }

    /** The deliveries of a schedule and what the server said to its posts. */
    record Played(Tally tally, OpenLoopPoster.Outcome posts) {}

    /** Posts and waits until every socket has every candle, or the drain limit after the last post is over. */
    Played play(Schedule schedule, Duration drainLimit, String name) throws IOException, InterruptedException {
        Tally tally = recorder.begin(schedule);
        Future<OpenLoopPoster.Outcome> posting = poster.submit(() -> posts.post(schedule, this::request, drainLimit));
        long expected = (long) schedule.count() * sockets;
        long deadline = schedule.startNanos() + schedule.durationNanos() + drainLimit.toNanos();
        long nextUpdate = System.nanoTime();
        while (tally.delivered() < expected && System.nanoTime() - deadline < 0 && !failed(posting)) {
            if (System.nanoTime() - nextUpdate >= 0) {
                progress.update(String.format("%s: %,d of %,d delivered", name, tally.delivered(), expected));
                nextUpdate += PROGRESS_NANOS;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return new Played(tally, outcome(posting));
    }

    private byte[] request(long time) {
        return intake.request(series, new Candle(time, 101.2, 103, 101, 102.4, 12));
    }

    private static boolean failed(Future<?> posting) {
        return posting.state() == Future.State.FAILED;
    }

    private static OpenLoopPoster.Outcome outcome(Future<OpenLoopPoster.Outcome> posting)
            throws IOException, InterruptedException {
        try {
            return posting.get();
        } catch (ExecutionException failure) {
            throw new IOException("posting failed: " + failure.getMessage(), failure);
        }
    }
}

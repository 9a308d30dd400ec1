package tradecanvas.load.storm;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import tradecanvas.load.client.CandleSource;
import tradecanvas.load.client.OpenLoopPoster;
import tradecanvas.load.client.PostRequest;
import tradecanvas.load.client.Schedule;
import tradecanvas.model.candle.Candle;

/** Posts the next candles of a series, one every 100 ms until it is told to stop. Threads: its own, {@link #stop} any. */
final class LiveCandles implements Callable<Integer> {
    private static final long PERIOD_NANOS = 100_000_000;
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(10);

    private final URI base;
    private final CandleSource source;
    private volatile boolean stopped;

    LiveCandles(URI base, CandleSource source) {
        this.base = base;
        this.source = source;
    }

    void stop() {
        stopped = true;
    }

    /** How many were taken. Errors: IOException where one was refused or not answered. */
    @Override
    public Integer call() throws IOException {
        int count = 0;
        try (OpenLoopPoster posts = new OpenLoopPoster(base)) {
            for (long next = System.nanoTime(); !stopped; next += PERIOD_NANOS) {
                Candle candle = source.next();
                Schedule one = new Schedule(candle.openTime(), StormPlan.STEP_SECONDS, 1, next, PERIOD_NANOS);
                OpenLoopPoster.Outcome outcome =
                        posts.post(one, _ -> PostRequest.single(base, source.seriesId(), candle), ANSWER_TIME_MAX);
                if (outcome.refused() + outcome.unanswered() > 0) {
                    throw new IOException("a live candle was not taken: " + outcome);
                }
                count++;
            }
        }
        return count;
    }
}

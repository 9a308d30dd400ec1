package tradecanvas.load.ingest;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tradecanvas.load.client.CandleSource;
import tradecanvas.load.client.ClosedLoopPosters;
import tradecanvas.load.client.MirrorWatch;
import tradecanvas.load.client.PostRequest;

/**
 * Writes through the server's HTTP ingest; where it has a mirror, that has all rows before the next measurement.
 *
 * <p>Each poster has a series of its own and goes on where it stopped: candles of one series must come in order, or the
 * server rightly recomputes. Threads: one owner.
 */
final class ServerIngest {
    private static final Duration DRAIN_TIME_MAX = Duration.ofMinutes(5);

    private final URI base;
    private final @Nullable MirrorWatch mirror;
    private final List<CandleSource> posterSources = new ArrayList<>();
    private final CandleSource batchSource = new CandleSource("binance:futures:BATCH/USDT:1m");

    ServerIngest(URI base, @Nullable MirrorWatch mirror) {
        this.base = base;
        this.mirror = mirror;
    }

    /** Single candles by several concurrent posters. Errors: IllegalStateException when one is refused. */
    IngestFigures singles(int posters, Duration time) throws IOException, InterruptedException {
        while (posterSources.size() < posters) {
            posterSources.add(new CandleSource("binance:futures:P%03d/USDT:1m".formatted(posterSources.size())));
        }
        List<Supplier<byte[]>> requests = posterSources.subList(0, posters).stream()
                .map(source -> (Supplier<byte[]>) () -> PostRequest.single(base, source.seriesId(), source.next()))
                .toList();
        return post(requests, 1, time);
    }

    /** Batches by one poster. Errors: IllegalStateException when one is refused. */
    IngestFigures batches(int rows, Duration time) throws IOException, InterruptedException {
        return post(List.of(() -> PostRequest.batch(base, batchSource.seriesId(), batchSource.next(rows))), rows, time);
    }

    private IngestFigures post(List<Supplier<byte[]>> requests, int rows, Duration time)
            throws IOException, InterruptedException {
        ClosedLoopPosters.Outcome outcome = new ClosedLoopPosters(base).post(requests, time);
        long sent = outcome.answered() * rows;
        IngestFigures figures = IngestFigures.of(sent, outcome.elapsed(), outcome.latencyMicros());
        if (mirror == null) {
            return figures;
        }
        long acknowledged = System.nanoTime();
        mirror.awaitDrained(DRAIN_TIME_MAX);
        return figures.mirroredLater(sent, Duration.ofNanos(System.nanoTime() - acknowledged));
    }
}

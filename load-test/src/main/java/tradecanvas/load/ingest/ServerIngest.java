package tradecanvas.load.ingest;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tradecanvas.load.client.ClosedLoopPosters;
import tradecanvas.load.client.PostRequest;

/**
 * Writes through the server's HTTP ingest.
 *
 * <p>Each poster has a series of its own and goes on where it stopped: candles of one series must come in order, or the
 * server rightly recomputes. Threads: one owner.
 */
final class ServerIngest {
    private final URI base;
    private final List<CandleSource> posterSources = new ArrayList<>();
    private final CandleSource batchSource = new CandleSource("binance:futures:BATCH/USDT:1m");

    ServerIngest(URI base) {
        this.base = base;
    }

    /** Single candles by several concurrent posters. Errors: IllegalStateException when one is refused. */
    IngestFigures singles(int posters, Duration time) throws InterruptedException {
        while (posterSources.size() < posters) {
            posterSources.add(new CandleSource("binance:futures:P%03d/USDT:1m".formatted(posterSources.size())));
        }
        List<Supplier<byte[]>> requests = posterSources.subList(0, posters).stream()
                .map(source -> (Supplier<byte[]>) () -> PostRequest.single(base, source.seriesId(), source.next()))
                .toList();
        return post(requests, 1, time);
    }

    /** Batches by one poster. Errors: IllegalStateException when one is refused. */
    IngestFigures batches(int rows, Duration time) throws InterruptedException {
        return post(List.of(() -> PostRequest.batch(base, batchSource.seriesId(), batchSource.next(rows))), rows, time);
    }

    private IngestFigures post(List<Supplier<byte[]>> requests, int rows, Duration time) throws InterruptedException {
        ClosedLoopPosters.Outcome outcome = new ClosedLoopPosters(base).post(requests, time);
        return IngestFigures.of(outcome.answered() * rows, outcome.elapsed(), outcome.latencyMicros());
    }
}

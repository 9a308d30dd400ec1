package tradecanvas.system.delivery;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.client.SocketSwarm;
import tradecanvas.system.process.TradeCanvas;

class JoinDuringStreamIT {
    private static final int CANDLES = 300;
    private static final int JOINERS = 100;
    private static final int BATCH_MAX = 4;
    private static final long BEGIN = 1_700_000_040;

    @TempDir
    Path directory;

    @Test
    void whoeverJoinsEndsWithExactlyTheStoredCandlesAfterSince() {
        long seed = System.nanoTime();
        System.out.println("stream seed=" + seed);
        Random random = new Random(seed);
        try (TradeCanvas server = TradeCanvas.in(directory).withOpenGates().start();
                SocketSwarm swarm = SocketSwarm.open()) {
            SeriesApi stream = new SeriesApi(new Api(HttpClient.newHttpClient(), server.http()), "test:spot:stream:1m");
            stream.post(BEGIN);
            List<CompletableFuture<Watcher>> joins = new ArrayList<>();

            for (int posted = 1; posted < CANDLES; ) {
                int count = Math.min(1 + random.nextInt(BATCH_MAX), CANDLES - posted);
                while (joins.size() * CANDLES < posted * JOINERS) {
                    Long since = anySince(random, posted);
                    boolean supportsBatch = random.nextBoolean();
                    joins.add(CompletableFuture.supplyAsync(
                            () -> Watcher.connect(swarm, server.marketSocket(), stream.series())
                                    .subscribe(since, supportsBatch)));
                }
                post(stream, BEGIN + posted * SeriesApi.STEP_S, count);
                posted += count;
            }

            Watcher.verify(joins.stream().map(CompletableFuture::join).toList(), stream);
        }
    }

    private static void post(SeriesApi stream, long time, int count) {
        if (count == 1) {
            stream.post(time);
        } else {
            stream.postBatch(time, count);
        }
    }

    /** Any time from before the first candle to one that is still to come, or one of the values with a meaning. */
    private static @Nullable Long anySince(Random random, int posted) {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> 0L;
            case 2 -> BEGIN - 10 * SeriesApi.STEP_S;
            case 3 -> BEGIN + (posted - 1) * SeriesApi.STEP_S;
            default -> BEGIN + random.nextInt(-1, CANDLES) * SeriesApi.STEP_S;
        };
    }
}

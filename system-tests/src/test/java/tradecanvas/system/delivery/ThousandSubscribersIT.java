package tradecanvas.system.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.client.SocketSwarm;
import tradecanvas.system.process.TradeCanvas;

class ThousandSubscribersIT {
    private static final int SUBSCRIBERS = 1000;
    private static final int HISTORY = 15;
    private static final int CANDLES = 20;
    private static final int ACTIONS_PER_CANDLE = 40;
    private static final long BEGIN = 1_700_000_040;

    @TempDir
    Path directory;

    @Test
    void eachGetsEveryCandleOnceAndInOrderWhileOthersComeGoAndPost() throws ExecutionException, InterruptedException {
        long seed = System.nanoTime();
        System.out.println("storm seed=" + seed);
        try (TradeCanvas server = TradeCanvas.in(directory).withOpenGates().start();
                SocketSwarm swarm = SocketSwarm.open()) {
            Api api = new Api(HttpClient.newHttpClient(), server.http());
            SeriesApi watched = new SeriesApi(api, "test:spot:watched:1m");
            watched.postBatch(BEGIN, HISTORY);
            AtomicLong head = new AtomicLong(BEGIN + (HISTORY - 1) * SeriesApi.STEP_S);
            List<Watcher> subscribers = IntStream.range(0, SUBSCRIBERS)
                    .mapToObj(i -> Watcher.connect(swarm, server.marketSocket(), watched.series())
                            .subscribe(head.get(), i % 2 == 0))
                    .toList();

            try (Storm storm = new Storm(swarm, server.marketSocket(), api, watched, head)) {
                storm.start(seed);
                for (int i = 0; i < CANDLES; i++) {
                    storm.awaitActions(ACTIONS_PER_CANDLE);
                    watched.post(head.addAndGet(SeriesApi.STEP_S));
                }
                storm.awaitActions(ACTIONS_PER_CANDLE);
                storm.end();

                Watcher.verify(subscribers, watched);
                storm.verify();
            }
            assertThat(subscribers).allMatch(subscriber -> subscriber.history().gaps() == 0);
            assertThat(watched.stored(BEGIN)).hasSize(HISTORY - 1 + CANDLES);
        }
    }
}

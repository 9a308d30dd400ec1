package tradecanvas.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.DatabaseFile;
import tradecanvas.system.process.TradeCanvas;

class KillIT {
    private static final int ROUNDS = 20;
    private static final int POSTERS = 16;
    private static final int POSTS_MIN = 30;
    private static final int POSTS_SPREAD = 300;

    @TempDir
    Path directory;

    @Test
    void everyAnsweredPostIsInTheFileHoweverOftenTheServerIsKilled() throws SQLException, InterruptedException {
        long seed = System.nanoTime();
        System.out.println("kill seed=" + seed);
        Random random = new Random(seed);
        Set<String> promised = new HashSet<>();
        try (TradeCanvas server = TradeCanvas.in(directory)
                .withOpenGates()
                .withJvmOption("-XX:TieredStopAtLevel=1") // starts sooner
                .start()) {
            for (int round = 1; round <= ROUNDS; round++) {
                Api api = new Api(HttpClient.newHttpClient(), server.http());
                PostLoad load = PostLoad.start(api, "round" + round, POSTERS);
                load.awaitPosts(POSTS_MIN + random.nextInt(POSTS_SPREAD));

                server.kill();
                load.awaitEnd();

                assertThat(load.refusals()).isEmpty();
                load.answered().forEach((series, times) -> times.forEach(time -> promised.add(series + " " + time)));
                assertHolds(server.database(), promised);
                server.start();
                assertServes(api, load.answered());
            }
        }
    }

    private static void assertHolds(Path database, Set<String> promised) throws SQLException {
        try (DatabaseFile file = DatabaseFile.openReadOnly(database)) {
            assertThat(file.query("PRAGMA integrity_check")).containsExactly("ok");
            Set<String> stored = new HashSet<>(file.query("SELECT series_id, candle_time FROM candles"));
            assertThat(promised.stream().filter(candle -> !stored.contains(candle)))
                    .as("lost candles of answered posts")
                    .isEmpty();
            assertThat(file.query("SELECT series_id FROM candles WHERE series_id LIKE 'test:batch:%'"
                            + " GROUP BY series_id HAVING count(*) % " + PostLoad.BATCH + " > 0"))
                    .as("series with a part of a batch")
                    .isEmpty();
        }
    }

    private static void assertServes(Api api, Map<String, Set<Long>> answered) {
        answered.forEach((series, times) -> {
            Set<String> served = new HashSet<>();
            new SeriesApi(api, series).stored(0).forEach(candle -> served.add(candle.toString()));
            assertThat(times.stream().map(Api::candle).filter(candle -> !served.contains(candle)))
                    .as("lost candles of answered posts of %s", series)
                    .isEmpty();
        });
    }
}

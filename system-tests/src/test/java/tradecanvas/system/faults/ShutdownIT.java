package tradecanvas.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.client.SocketSwarm;
import tradecanvas.system.client.SwarmSocket;
import tradecanvas.system.delivery.Watcher;
import tradecanvas.system.process.DatabaseFile;
import tradecanvas.system.process.TradeCanvas;

/** SIGTERM, as an operator or a deployment sends it. */
class ShutdownIT {
    private static final MarketSocket.Closed TOLD = new MarketSocket.Closed(1001, "server_shutdown");
    private static final Integer[] ENDED_BY_SIGTERM = {0, 143};
    private static final String SERIES = "test:spot:stopped:1m";
    private static final int POSTERS = 16;

    @TempDir
    Path directory;

    private final SocketSwarm swarm = SocketSwarm.open();
    private TradeCanvas server;
    private SeriesApi series;

    @BeforeEach
    void start() {
        server = TradeCanvas.in(directory).withOpenGates().start();
        series = new SeriesApi(new Api(HttpClient.newHttpClient(), server.http()), SERIES);
    }

    @AfterEach
    void end() {
        swarm.close();
        server.close();
    }

    @Test
    void everySocketIsToldAndOneThatDoesNotAnswerHoldsNothingUp() {
        List<SwarmSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            SwarmSocket socket = swarm.connect(server.marketSocket(), message -> {});
            if (i % 3 > 0) {
                socket.subscribe("test:spot:S" + i % 3 + ":1m", null, true);
            }
            sockets.add(socket);
        }
        SwarmSocket silent = swarm.connect(server.marketSocket(), message -> {});
        silent.stopReading();

        assertThat(server.stop()).isIn((Object[]) ENDED_BY_SIGTERM);

        assertThat(sockets.stream().map(SwarmSocket::awaitClose)).containsOnly(TOLD);
        silent.readOn();
        assertThat(silent.awaitClose()).isEqualTo(TOLD);
    }

    @Test
    void postsInFlightAreAnsweredAndStoredOrRefused() throws InterruptedException, SQLException {
        PostLoad load = PostLoad.start(series.api(), "load", POSTERS).awaitPosts(200);

        assertThat(server.stop()).isIn((Object[]) ENDED_BY_SIGTERM);

        load.awaitEnd();
        assertThat(load.refusals()).isSubsetOf(503);
        try (DatabaseFile file = DatabaseFile.openReadOnly(server.database())) {
            Set<String> stored = new HashSet<>(file.query("SELECT series_id, candle_time FROM candles"));
            assertThat(file.query("PRAGMA integrity_check")).containsExactly("ok");
            for (Map.Entry<String, Set<Long>> answered : load.answered().entrySet()) {
                assertThat(answered.getValue()).allMatch(time -> stored.contains(answered.getKey() + " " + time));
            }
        }
    }

    @Test
    void clientThatResumesMissesNothingAndGetsNothingTwice() throws InterruptedException {
        List<Watcher> watchers = IntStream.range(0, 20)
                .mapToObj(i ->
                        Watcher.connect(swarm, server.marketSocket(), SERIES).subscribe(null, i % 2 == 0))
                .toList();
        PostLoad load = PostLoad.startOne(series).awaitPosts(100);
        server.stop();
        load.awaitEnd();
        assertThat(watchers.stream().map(watcher -> watcher.socket().awaitClose()))
                .containsOnly(TOLD);

        server.start();
        long head = series.stored(0).getLast().get("candle_time").longValue();
        series.post(head + SeriesApi.STEP_S);
        List<Watcher> resumed = new ArrayList<>();
        for (Watcher watcher : watchers) {
            resumed.add(Watcher.connect(swarm, server.marketSocket(), SERIES).resume(watcher, true));
            head += SeriesApi.STEP_S;
            series.post(head + SeriesApi.STEP_S);
        }

        Watcher.verify(resumed, series);
        assertThat(resumed).allMatch(watcher -> watcher.history().gaps() == 0);
    }
}

package tradecanvas.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.store.servers.ServiceInstance;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.client.RedisWire;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.client.SwarmSocket;
import tradecanvas.system.process.DatabaseFile;
import tradecanvas.system.process.IngestWorker;

/** Two hundred clients over two gateways get every candle once and in order, whatever fails. */
class ClusterFaultsIT {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final MarketSocket.Closed DRAINED = new MarketSocket.Closed(1001, "server_shutdown");
    private static final MarketSocket.Closed TOO_SLOW = new MarketSocket.Closed(1013, "slow_consumer");

    @TempDir
    static Path directory;

    private static ServiceInstance services;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        services = Cluster.ownServices();
        cluster = Cluster.in(directory, services)
                .proxyRedis()
                .with("TRADE_CANVAS_WS_DRAIN_MS", "2000")
                .with("TRADE_CANVAS_WS_QUEUE_BYTES_MAX", "1500000")
                .start();
        cluster.awaitFeed("redis");
    }

    @AfterAll
    static void end() {
        if (cluster != null) {
            cluster.close();
        }
        services.close();
    }

    @Test
    void candlePostedAtTheWorkerArrivesOnceAtEitherGatewayAndIsInBothStores() throws SQLException {
        String series = "binance:futures:BTC/USDT:1m";
        SeriesApi api = new SeriesApi(cluster.atWorker(), series);
        api.post(1_700_000_000);
        api.post(1_700_000_060);
        try (MarketSocket atA = MarketSocket.connect(
                        HttpClient.newHttpClient(), cluster.gateway(0).marketSocket());
                MarketSocket atB = MarketSocket.connect(
                        HttpClient.newHttpClient(), cluster.gateway(1).marketSocket())) {
            atA.subscribe(series, 1_700_000_060L, false);
            atB.subscribe(series, 1_700_000_060L, false);
            atA.untilNow();
            atB.untilNow();
            api.post(1_700_000_120);
            String expected = "{\"type\":\"candle_closed\",\"series_id\":\"" + series + "\",\"candle\":"
                    + Api.candle(1_700_000_120) + "}";
            assertThat(atB.next()).isEqualTo(expected);
            assertThat(atA.next()).isEqualTo(expected);
            assertThat(atA.untilNow()).isEmpty();
            assertThat(atB.untilNow()).isEmpty();
        }
        for (int i = 0; i < 2; i++) {
            JsonNode read = cluster.atReads(i)
                    .get("api/market/candles?series_id=" + Api.encode(series) + "&since=1700000060")
                    .json();
            assertThat(read.get("server_head_time").longValue()).isEqualTo(1_700_000_120);
            assertThat(read.get("candles").toString()).isEqualTo("[" + Api.candle(1_700_000_120) + "]");
        }
        String head = "SELECT max(candle_time) FROM candles WHERE series_id = '" + series + "'";
        try (DatabaseFile truth = DatabaseFile.openReadOnly(cluster.worker().database())) {
            assertThat(truth.query(head)).containsExactly("1700000120");
        }
        assertThat(cluster.database().query(head)).containsExactly("1700000120");
    }

    @Test
    void redisIsKilledAndStartedAgain() throws SQLException {
        try (Crowd crowd = Crowd.gather(cluster, "redis-killed")) {
            cluster.services().stopRedis();
            cluster.awaitFeed("worker");
            crowd.awaitEverybody();
            cluster.services().startRedis();
            cluster.awaitFeed("redis");
            crowd.awaitEverybody();
            crowd.verify();
            assertThat(crowd.ends()).isEmpty();
            assertThat(crowd.load().refusals()).isEmpty();
        }
    }

    @Test
    void redisHangs() throws SQLException {
        try (Crowd crowd = Crowd.gather(cluster, "redis-hangs")) {
            cluster.services().pauseRedis();
            cluster.awaitFeed("worker");
            for (int i = 0; i < 5; i++) {
                crowd.awaitEverybody();
            }
            cluster.services().resumeRedis();
            cluster.awaitFeed("redis");
            crowd.awaitEverybody();
            crowd.verify();
            assertThat(crowd.ends()).isEmpty();
            assertThat(crowd.load().refusals()).isEmpty();
        }
    }

    @Test
    void networkToRedisSwallowsEverythingAndIsCut() throws SQLException {
        try (Crowd crowd = Crowd.gather(cluster, "redis-network")) {
            cluster.redisNetwork().silence();
            cluster.awaitFeed("worker");
            crowd.awaitEverybody();
            cluster.redisNetwork().resume();
            cluster.awaitFeed("redis");
            for (int i = 0; i < 3; i++) {
                cluster.redisNetwork().cut();
                crowd.awaitEverybody();
            }
            cluster.awaitFeed("redis");
            crowd.verify();
            assertThat(crowd.ends()).isEmpty();
        }
    }

    @Test
    void gatewayIsKilled() throws SQLException {
        try (Crowd crowd = Crowd.gather(cluster, "gateway-killed")) {
            cluster.gateway(0).kill();
            crowd.awaitEverybody();
            cluster.gateway(0).launch();
            cluster.awaitReady(cluster.gateway(0));
            crowd.verify();
            assertThat(crowd.ends()).containsOnlyKeys(SwarmSocket.CONNECTION_ENDED);
        }
    }

    @Test
    void gatewayIsDrained() throws SQLException {
        try (Crowd crowd = Crowd.gather(cluster, "gateway-drained")) {
            assertThat(cluster.gateway(1).stop()).isIn(0, 143);
            crowd.awaitEverybody();
            cluster.gateway(1).launch();
            cluster.awaitReady(cluster.gateway(1));
            crowd.verify();
            assertThat(crowd.ends()).containsOnlyKeys(DRAINED);
            assertThat(crowd.ends().get(DRAINED)).isBetween(1, Crowd.CLIENTS - 1);
        }
    }

    @Test
    void workerIsKilledAndStoppedAndStartedAgain() throws SQLException {
        try (Crowd crowd = Crowd.gather(cluster, "worker-restarted")) {
            cluster.worker().kill();
            cluster.worker().start();
            crowd.awaitEverybody();
            cluster.worker().stop();
            cluster.worker().start();
            crowd.awaitEverybody();
            crowd.verify();
            assertThat(crowd.ends()).isEmpty();
        }
    }

    @Test
    void postgresIsStopped() throws SQLException {
        try (Crowd crowd = Crowd.gather(cluster, "postgres-stopped")) {
            cluster.services().stopPostgres();
            crowd.awaitEverybody();
            // what reads the store while it is away: a client that comes anew, and a gateway that heals
            cluster.redisNetwork().cut();
            crowd.addSlow(10);
            cluster.services().startPostgres();
            crowd.awaitEverybody();
            crowd.verify();
            assertThat(crowd.ends()).isEmpty();
            assertThat(crowd.load().refusals()).isEmpty();
        }
    }

    @Test
    void slowReadersAreToldAndResumeWhileNobodyElseWaits() throws SQLException {
        try (Crowd crowd = Crowd.gather(cluster, "slow-readers")) {
            List<Follower> slow = crowd.addSlow(10);
            slow.forEach(Follower::stopReading);
            double before = slowCloses();
            await().atMost(WAIT_MAX).pollInterval(Duration.ZERO).until(() -> {
                crowd.load().postBurst(5_000);
                crowd.awaitOthersThan(slow);
                return slowCloses() - before >= slow.size();
            });
            slow.forEach(Follower::readOn);
            crowd.awaitEverybody();
            crowd.verify();
            // who reads on too late finds the connection ended, as nobody waits for ever for an answer to a close
            assertThat(crowd.ends().keySet()).isSubsetOf(TOO_SLOW, SwarmSocket.CONNECTION_ENDED);
            assertThat(slow).noneMatch(follower -> follower.ends().isEmpty());
            assertThat(crowd.endsOfOthersThan(slow)).isEmpty();
        }
    }

    @Test
    void burstOfFiveThousandCandles() throws SQLException {
        try (Crowd crowd = Crowd.gather(cluster, "burst")) {
            crowd.load().postBurst(5_000);
            crowd.awaitEverybody();
            crowd.verify();
            assertThat(crowd.ends()).isEmpty();
        }
    }

    @Test
    void busMessagesComeTwiceLateAndInAnotherOrder() throws SQLException {
        double before = incomplete();
        try (Crowd crowd = Crowd.gather(cluster, "bus-disorder");
                Echo echo = Echo.start(cluster.services().redisUrl())) {
            await().atMost(WAIT_MAX).until(() -> echo.sent() > 200);
            echo.end();
            crowd.awaitEverybody();
            crowd.verify();
            assertThat(crowd.ends()).isEmpty();
        }
        assertThat(incomplete()).as("counts that did not agree").isGreaterThan(before);
    }

    @Test
    void secondWorkerOnTheSameFileDoesNotStart() throws SQLException {
        try (Crowd crowd = Crowd.gather(cluster, "second-same");
                IngestWorker second = IngestWorker.in(directory.resolve("second-same"))) {
            second.with("TRADE_CANVAS_DB_PATH", cluster.worker().database().toString())
                    .launch();
            assertThat(second.awaitEnd()).isNotZero();
            assertThat(second.log()).contains("market.db");
            crowd.awaitEverybody();
            crowd.verify();
            assertThat(crowd.ends()).isEmpty();
            assertThat(crowd.load().refusals()).isEmpty();
        }
    }

    @Test
    void secondWorkerWithAnotherTruthIsNotHeard() throws SQLException {
        try (Crowd crowd = Crowd.gather(cluster, "second-other");
                IngestWorker second = IngestWorker.in(directory.resolve("second-other"))) {
            second.withOpenGates()
                    .with("TRADE_CANVAS_ENABLE_WS_PUBSUB", "1")
                    .with("TRADE_CANVAS_REDIS_URL", cluster.services().redisUrl())
                    .start();
            double before = fenced();
            Api api = new Api(HttpClient.newHttpClient(), second.http());
            for (String series : crowd.series()) {
                new SeriesApi(api, series).post(crowd.load().slowestHead() + 1_000 * SeriesApi.STEP_S);
            }
            await().atMost(WAIT_MAX)
                    .until(() -> fenced() - before >= crowd.series().size());
            crowd.awaitEverybody();
            crowd.verify();
            assertThat(crowd.ends()).isEmpty();
        }
    }

    private static double slowCloses() {
        return sum("tradecanvas_fanout_slow_closes_total");
    }

    private static double fenced() {
        return sum("tradecanvas_feed_fenced_total");
    }

    private static double incomplete() {
        return sum("tradecanvas_feed_incomplete_total");
    }

    private static double sum(String counter) {
        return cluster.counter(0, counter) + cluster.counter(1, counter);
    }

    /** Publishes what the worker publishes once more, in another order and late. */
    private static final class Echo implements AutoCloseable {
        private static final String EVENTS = "trade_canvas:market_ws";
        private static final int SHUFFLED = 8;

        private final RedisWire in;
        private final RedisWire out;
        private final Thread thread = Thread.ofVirtual().unstarted(this::run);
        private final List<String> sent = new CopyOnWriteArrayList<>();
        private volatile boolean ending;

        private Echo(String redisUrl) {
            in = RedisWire.connect(redisUrl).subscribe(EVENTS);
            out = RedisWire.connect(redisUrl);
        }

        static Echo start(String redisUrl) {
            Echo echo = new Echo(redisUrl);
            echo.thread.start();
            return echo;
        }

        int sent() {
            return sent.size();
        }

        void end() {
            ending = true;
        }

        private void run() {
            Random random = new Random();
            Set<String> own = new HashSet<>();
            List<String> held = new ArrayList<>();
            while (!ending) {
                String text = in.nextMessage().get(1);
                if (own.remove(text)) {
                    continue;
                }
                held.add(text);
                if (held.size() == SHUFFLED) {
                    Collections.shuffle(held, random);
                    own.addAll(held);
                    held.forEach(message -> out.publish(EVENTS, message));
                    sent.addAll(held);
                    held.clear();
                }
            }
        }

        @Override
        public void close() {
            ending = true;
            in.close();
            out.close();
        }
    }
}

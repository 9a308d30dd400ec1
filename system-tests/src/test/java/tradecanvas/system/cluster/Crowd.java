package tradecanvas.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.client.SocketSwarm;
import tradecanvas.system.mirror.MirroredServer;
import tradecanvas.system.mirror.Stores;

/** Two hundred clients of a cluster and the candles that they watch, from before a fault until all is well. Owner: one test. */
final class Crowd implements AutoCloseable {
    static final int CLIENTS = 200;

    private static final int SERIES = 4;
    private static final int SLOW_READERS_BUFFER_BYTES = 8_192;
    private static final long FIRST_TIME = 1_700_000_000 / SeriesApi.STEP_S * SeriesApi.STEP_S;
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Cluster cluster;
    private final List<String> series;
    private final SocketSwarm swarm = SocketSwarm.open();
    private final CandleLoad load;
    private final List<Follower> followers = new ArrayList<>();

    private Crowd(Cluster cluster, String name) {
        this.cluster = cluster;
        this.series = IntStream.range(0, SERIES)
                .mapToObj(i -> "test:cluster:" + name + i + ":1m")
                .toList();
        this.load = CandleLoad.start(cluster.atWorker(), series, FIRST_TIME);
        for (int i = 0; i < CLIENTS; i++) {
            followers.add(follow(i, SocketSwarm.ANY_SIZE));
        }
    }

    /** Starts clients and candles, and waits until every client gets them. */
    static Crowd gather(Cluster cluster, String name) {
        Crowd crowd = new Crowd(cluster, name);
        crowd.awaitEverybody();
        return crowd;
    }

    private Follower follow(int i, int receiveBufferBytes) {
        return Follower.start(
                swarm,
                cluster.balancer().marketSocket(),
                receiveBufferBytes,
                series.get(i % SERIES),
                FIRST_TIME - SeriesApi.STEP_S,
                i / SERIES % 2 == 0);
    }

    /** Adds clients that can be made slow. */
    List<Follower> addSlow(int count) {
        List<Follower> slow = IntStream.range(0, count)
                .mapToObj(i -> follow(i, SLOW_READERS_BUFFER_BYTES))
                .toList();
        followers.addAll(slow);
        awaitEverybody();
        return slow;
    }

    CandleLoad load() {
        return load;
    }

    List<String> series() {
        return series;
    }

    /** Waits until further candles have reached every client. */
    void awaitEverybody() {
        awaitOthersThan(List.of());
    }

    /** As {@link #awaitEverybody}, but for some. */
    void awaitOthersThan(List<Follower> some) {
        long head = load.slowestHead() + 2 * SeriesApi.STEP_S;
        await().atMost(WAIT_MAX)
                .pollInterval(POLL)
                .until(() -> load.slowestHead() >= head
                        && followers.stream().allMatch(follower -> follower.has(head) || some.contains(follower)));
    }

    /** How connections ended so far, and how many did so. */
    Map<MarketSocket.Closed, Integer> ends() {
        return endsOfOthersThan(List.of());
    }

    /** As {@link #ends}, without those of some. */
    Map<MarketSocket.Closed, Integer> endsOfOthersThan(List<Follower> some) {
        Map<MarketSocket.Closed, Integer> ends = new HashMap<>();
        followers.stream()
                .filter(follower -> !some.contains(follower))
                .forEach(follower -> follower.ends().forEach(end -> ends.merge(end, 1, Integer::sum)));
        return ends;
    }

    /**
     * Ends the candles and waits for the clients; fails unless each has exactly what the store has, in order, without a gap,
     * and both stores hold the same.
     */
    void verify() throws SQLException {
        load.end();
        for (String one : series) {
            List<JsonNode> stored = new SeriesApi(cluster.atBalancer(), one).stored(0);
            long head = stored.getLast().get("candle_time").longValue();
            List<Follower> watching = followers.stream()
                    .filter(follower -> follower.series().equals(one))
                    .toList();
            await().atMost(WAIT_MAX)
                    .pollInterval(POLL)
                    .until(() -> watching.stream().allMatch(follower -> follower.has(head)));
            watching.forEach(follower -> follower.verify(stored));
            assertThat(stored).hasSize((int) ((head - FIRST_TIME) / SeriesApi.STEP_S) + 1);
        }
        MirroredServer.awaitMirrored(cluster.atWorker());
        Stores.assertEqual(cluster.worker().database(), cluster.database());
    }

    @Override
    public void close() {
        load.close();
        followers.forEach(Follower::close);
        swarm.close();
    }
}

package tradecanvas.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.store.servers.TestServers;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.client.RedisWire;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.TradeCanvas;

/** Instances that hold all roles, each with a file of its own, share live candles over Redis as the contract's do. */
class PeersIT {
    private static final String EVENTS = "trade_canvas:market_ws";
    private static final String HEARTBEATS = "trade_canvas:market_ws:heartbeat";

    @TempDir
    static Path directory;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static TradeCanvas a;
    private static TradeCanvas b;

    private String series;
    private SeriesApi atA;
    private SeriesApi atB;

    @BeforeAll
    static void start() {
        a = instance("a").start();
        b = instance("b").start();
        for (TradeCanvas instance : List.of(a, b)) {
            Api api = new Api(HTTP, instance.http());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> api.get("q/health/ready").body().contains("\"redis\": \"up\""));
        }
    }

    @AfterAll
    static void end() {
        a.close();
        b.close();
    }

    @BeforeEach
    void nameSeries(TestInfo test) {
        series = "test:peers:" + test.getTestMethod().orElseThrow().getName()
                + ProcessHandle.current().pid() + ":1m";
        atA = new SeriesApi(new Api(HTTP, a.http()), series);
        atB = new SeriesApi(new Api(HTTP, b.http()), series);
    }

    @Test
    void candleOfOneInstanceArrivesOnceAtTheOther() {
        try (MarketSocket socketA = subscribed(a);
                MarketSocket socketB = subscribed(b)) {
            atA.post(120);
            assertThat(socketB.next()).isEqualTo(closed(120));
            assertThat(socketA.next()).isEqualTo(closed(120));
            atB.post(120); // it ingests the same candle itself
            atB.post(180);
            assertThat(socketA.next()).isEqualTo(closed(180));
            assertThat(socketB.next()).isEqualTo(closed(180));
            assertThat(socketA.untilNow()).isEmpty();
            assertThat(socketB.untilNow()).isEmpty();
        }
    }

    @Test
    void messageOfAnotherImplementationIsDeliveredOnceAndWhatIsNoneIsSkipped() {
        try (MarketSocket socketA = subscribed(a);
                MarketSocket socketB = subscribed(b);
                RedisWire redis = RedisWire.connect(TestServers.redisUrl())) {
            redis.publish(EVENTS, "{");
            redis.publish(EVENTS, "[1]");
            redis.publish(EVENTS, "{\"version\":1,\"source\":\"ref\",\"series_id\":\"" + series + "\"}");
            for (int i = 0; i < 3; i++) {
                redis.publish(
                        EVENTS,
                        "{\"version\":1,\"source\":\"0123456789abcdef0123456789abcdef\",\"series_id\":\"" + series
                                + "\",\"event_type\":\"candle_closed\",\"payload\":{\"candle\":" + Api.candle(120)
                                + "}}");
            }
            // what A takes itself does not wait for what is on its way from Redis
            for (MarketSocket socket : List.of(socketA, socketB)) {
                assertThat(socket.next()).isEqualTo(closed(120));
            }
            atA.post(180);
            for (MarketSocket socket : List.of(socketA, socketB)) {
                assertThat(socket.next()).isEqualTo(closed(180));
                assertThat(socket.untilNow()).isEmpty();
            }
        }
    }

    @Test
    void eachPublishIsOneMessageInTheContractsEnvelope() {
        try (RedisWire redis = RedisWire.connect(TestServers.redisUrl()).subscribe(EVENTS)) {
            atA.post(60);
            atA.postBatch(120, 3);
            atA.postForming(300, 7);
            String head = "{\"version\":1,\"source\":\"";
            String tail = "\",\"series_id\":\"" + series + "\",\"event_type\":\"";
            String source = source(redis);
            assertThat(source).matches("[0-9a-f]{32}");
            assertThat(ofSeries(redis))
                    .isEqualTo(head + source + tail + "candles_batch\",\"payload\":{\"candles\":[" + Api.candle(120)
                            + "," + Api.candle(180) + "," + Api.candle(240) + "]}}");
            assertThat(ofSeries(redis))
                    .startsWith(
                            head + source + tail + "candle_forming\",\"payload\":{\"candle\":{\"candle_time\":300,");
        }
    }

    @Test
    void heartbeatsHaveAChannelOfTheirOwnAndCountTheEvents() {
        try (RedisWire redis = RedisWire.connect(TestServers.redisUrl()).subscribe(HEARTBEATS, EVENTS)) {
            atA.post(60);
            String source = source(redis);
            long first = position(redis, source);
            atA.post(120);
            atA.post(180);
            await().atMost(Duration.ofSeconds(10)).until(() -> position(redis, source) == first + 2);
        }
    }

    /** The source of the next closed candle of this test's series. */
    private String source(RedisWire redis) {
        JsonNode message = Api.json(ofSeries(redis));
        assertThat(message.get("payload").get("candle")).isEqualTo(Api.json(Api.candle(60)));
        return message.get("source").textValue();
    }

    /** Other tests may use the same Redis at the same time. */
    private String ofSeries(RedisWire redis) {
        while (true) {
            String message = redis.nextMessage().get(1);
            if (message.contains(series)) {
                return message;
            }
        }
    }

    private static long position(RedisWire redis, String source) {
        while (true) {
            List<String> message = redis.nextMessage();
            if (message.get(0).equals(HEARTBEATS) && message.get(1).contains(source)) {
                return Api.json(message.get(1)).get("payload").get("position").longValue();
            }
        }
    }

    private MarketSocket subscribed(TradeCanvas instance) {
        MarketSocket socket = MarketSocket.connect(HTTP, instance.marketSocket());
        socket.subscribe(series, 60L, false);
        assertThat(socket.untilNow()).isEmpty();
        return socket;
    }

    private String closed(long time) {
        return "{\"type\":\"candle_closed\",\"series_id\":\"" + series + "\",\"candle\":" + Api.candle(time) + "}";
    }

    private static TradeCanvas instance(String name) {
        return TradeCanvas.in(directory.resolve(name))
                .withOpenGates()
                .with("TRADE_CANVAS_ENABLE_WS_PUBSUB", "1")
                .with("TRADE_CANVAS_REDIS_URL", TestServers.redisUrl());
    }
}

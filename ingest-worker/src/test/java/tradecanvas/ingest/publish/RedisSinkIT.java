package tradecanvas.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.ingest.pipeline.IngestPipeline;
import tradecanvas.model.bus.BusChannels;
import tradecanvas.model.bus.BusSource;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.runtime.bus.RedisLink;
import tradecanvas.store.servers.TestServers;
import tradecanvas.store.sqlite.SqliteSettings;
import tradecanvas.store.sqlite.SqliteStore;

/**
 * From the pipeline to a subscriber of a real Redis.
 *
 * <p>Other tests publish on the same channels, so only messages of this source are looked at.
 */
class RedisSinkIT {
    private static final SeriesId SERIES = SeriesId.parse("binance:futures:BTC/USDT:1m");
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> heartbeats = new CopyOnWriteArrayList<>();
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final AtomicLong opened = new AtomicLong();
    private SqliteStore store;
    private BusSource source;
    private BusPublisher publisher;
    private RedisSink sink;
    private RedisLink subscriber;
    private IngestPipeline pipeline;

    private final class Subscriber implements RedisLink.Listener {
        @Override
        public void opened() {
            subscribed.set(true);
        }

        @Override
        public void received(String channel, byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.contains(source.text())) {
                (channel.equals(BusChannels.EVENTS) ? events : heartbeats).add(text);
            }
        }

        @Override
        public void lost(Throwable cause) {
            subscribed.set(false);
        }
    }

    @BeforeEach
    void open() {
        store = SqliteStore.open(SqliteSettings.of(directory.resolve("market.db")));
        source = BusSource.worker(store.fence().truthId(), store.fence().epoch());
        publisher = new BusPublisher(source, () -> Instant.ofEpochMilli(1234));
        subscriber = new RedisLink(
                vertx,
                vertx.getOrCreateContext(),
                TestServers.redisUrl(),
                List.of(BusChannels.EVENTS, BusChannels.HEARTBEATS),
                new Subscriber(),
                RedisLink.Pace.STANDARD,
                () -> 0);
        subscriber.open();
        await().atMost(SOON).untilTrue(subscribed);
        sink = new RedisSink(vertx, TestServers.redisUrl(), () -> {
            opened.incrementAndGet();
            publisher.heartbeat();
        });
        publisher.add(sink);
        pipeline =
                new IngestPipeline(store.writer(), publisher, () -> CompletableFuture.completedStage(null), 1_000_000);
    }

    @AfterEach
    void close() {
        store.close();
        pipeline.close();
        sink.close();
        subscriber.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void eachPublishIsOneMessageAsTheContractHasIt() {
        openSink();
        ingest(60);
        ingest(120, 180);
        pipeline.showForming(SERIES, candle(240)).toCompletableFuture().join();
        publisher.heartbeat();
        await().atMost(SOON).until(() -> heartbeats.size() == 2);
        String head = "{\"version\":1,\"source\":\"" + source.text() + "\",\"series_id\":\"" + SERIES.text()
                + "\",\"event_type\":";
        assertThat(events)
                .containsExactly(
                        head + "\"candle_closed\",\"payload\":{\"candle\":" + json(60) + "}}",
                        head + "\"candles_batch\",\"payload\":{\"candles\":[" + json(120) + "," + json(180) + "]}}",
                        head + "\"candle_forming\",\"payload\":{\"candle\":" + json(240) + "}}");
        String heartbeat = "{\"version\":1,\"source\":\"" + source.text()
                + "\",\"event_type\":\"heartbeat\",\"payload\":{\"position\":%d,\"sent_at_ms\":1234}}";
        assertThat(heartbeats).containsExactly(heartbeat.formatted(0), heartbeat.formatted(3));
    }

    @Test
    void whatIsPublishedWhileRedisIsAwayIsLostAndCounted() {
        ingest(60);
        openSink();
        ingest(120);
        publisher.heartbeat();
        await().atMost(SOON).until(() -> heartbeats.size() == 2);
        assertThat(events).singleElement().asString().contains("\"candle_time\":120,");
        assertThat(heartbeats.getFirst()).contains("\"position\":1,");
        assertThat(heartbeats.getLast()).contains("\"position\":2,");
    }

    @Test
    void closingSendsWhatWasPublished() {
        openSink();
        for (int i = 1; i <= 500; i++) {
            ingest(60L * i);
        }
        pipeline.close();
        sink.close();
        await().atMost(SOON).until(() -> events.size() == 500);
    }

    private void openSink() {
        sink.open();
        await().atMost(SOON).until(() -> heartbeats.size() == 1);
        assertThat(opened).hasValue(1);
        assertThat(sink.isOpen()).isTrue();
    }

    private void ingest(long... times) {
        List<Candle> candles =
                Arrays.stream(times).mapToObj(RedisSinkIT::candle).toList();
        pipeline.ingest(SeriesCandles.of(SERIES, candles), true)
                .toCompletableFuture()
                .join();
    }

    private static Candle candle(long time) {
        return new Candle(time, 100, 101.5, 99, 100.25, 1e21);
    }

    private static String json(long time) {
        return "{\"candle_time\":" + time
                + ",\"open\":100.0,\"high\":101.5,\"low\":99.0,\"close\":100.25,\"volume\":1e+21}";
    }
}

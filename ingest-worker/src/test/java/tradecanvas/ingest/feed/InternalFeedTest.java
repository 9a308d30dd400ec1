package tradecanvas.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tradecanvas.ingest.demand.DemandLeases;
import tradecanvas.ingest.demand.DemandRoutes;
import tradecanvas.ingest.demand.SeriesDemand;
import tradecanvas.ingest.internal.InternalConfig;
import tradecanvas.ingest.internal.InternalListener;
import tradecanvas.ingest.internal.InternalRoute;
import tradecanvas.ingest.publish.BusPublisher;
import tradecanvas.model.bus.BusMessage;
import tradecanvas.model.bus.BusMessageCodec;
import tradecanvas.model.bus.BusSource;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

class InternalFeedTest {
    private static final BusSource SOURCE = BusSource.worker("00112233-4455-6677-8899-aabbccddeeff", 7);
    private static final SeriesId SERIES = SeriesId.parse("\u00fc:b:c:1m");
    private static final int CLIENT_BYTES_MAX = 64 << 20;
    private static final FeedLimits NO_PINGS =
            new FeedLimits(FeedLimits.STANDARD.waitingBytesMax(), Duration.ofMinutes(1), Duration.ofMinutes(1));

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client = vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxFrameSize(CLIENT_BYTES_MAX).setMaxMessageSize(CLIENT_BYTES_MAX));
    private final BusPublisher publisher = new BusPublisher(SOURCE, () -> Instant.ofEpochMilli(1234));
    private final DemandLeases demand = new DemandLeases(DemandLeases.Bounds.STANDARD, System::nanoTime);
    private InternalFeed feed;
    private InternalListener listener;

    private record Config(OptionalInt internalPort) implements InternalConfig {
        @Override
        public String internalHost() {
            return "127.0.0.1";
        }

        @Override
        public int internalConnectionsMax() {
            return 10;
        }
    }

    /** A gateway, and what it has heard. */
    private static final class Gateway {
        final List<String> texts = new CopyOnWriteArrayList<>();
        final List<WebSocketFrame> pieces = new CopyOnWriteArrayList<>();
        final ClientWebSocket socket;

        /** The handlers are set before it connects, as the first heartbeat comes at once. */
        Gateway(ClientWebSocket socket) {
            this.socket = socket;
            socket.textMessageHandler(texts::add);
            socket.frameHandler(frame -> {
                if (frame.isContinuation()) {
                    pieces.add(frame);
                }
            });
        }

        void say(String text) {
            socket.writeTextMessage(text);
        }

        boolean hasHeardSomething() {
            try {
                await().atMost(Duration.ofSeconds(3)).until(() -> !texts.isEmpty());
                return true;
            } catch (ConditionTimeoutException silent) {
                return false;
            }
        }

        void awaitTexts(String... expected) {
            await().untilAsserted(() -> assertThat(texts).containsExactly(expected));
        }

        void awaitClosed(int code, String reason) {
            await().until(socket::isClosed);
            assertThat(socket.closeStatusCode()).isEqualTo((short) code);
            assertThat(socket.closeReason()).isEqualTo(reason);
        }
    }

    @BeforeEach
    void open() {
        open(NO_PINGS);
    }

    @AfterEach
    void close() {
        feed.close();
        listener.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void heartbeatsComeAtOnceAndEventsOnlyWhileTheyAreAskedFor() {
        publisher.publish(closed(60));
        Gateway gateway = connect("g1");
        gateway.awaitTexts(heartbeat(1));
        publisher.publish(closed(120));
        publisher.heartbeat();
        gateway.awaitTexts(heartbeat(1), heartbeat(2));
        gateway.say("{\"type\":\"events\",\"on\":true}");
        gateway.awaitTexts(heartbeat(1), heartbeat(2), heartbeat(2));
        publisher.publish(closed(180));
        gateway.awaitTexts(heartbeat(1), heartbeat(2), heartbeat(2), text(closed(180)));
        gateway.say("{\"type\":\"events\",\"on\":false}");
        await().until(() -> !feed.wantsEvents());
        publisher.publish(closed(240));
        publisher.heartbeat();
        gateway.awaitTexts(heartbeat(1), heartbeat(2), heartbeat(2), text(closed(180)), heartbeat(4));
    }

    @Test
    void longestBatchIsOneFrame() {
        Gateway gateway = connect("g1");
        gateway.say("{\"type\":\"events\",\"on\":true}");
        await().until(feed::wantsEvents);
        FeedEvent batch = new FeedEvent.ClosedBatch(
                SERIES,
                LongStream.rangeClosed(1, 100_000)
                        .mapToObj(i -> candle(1_700_000_000 + 60 * i))
                        .toList());
        publisher.publish(batch);
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.texts.size() == 3);
        assertThat(gateway.texts.getLast()).isEqualTo(text(batch)).hasSizeGreaterThan(8 << 20);
        assertThat(gateway.pieces).isEmpty();
    }

    @Test
    void demandIsLeasedAndOutlivesTheConnection() {
        Gateway gateway = connect("g1");
        gateway.say("{\"type\":\"demand\",\"ttl_ms\":60000,\"series\":{\"a:1m\":2,\"b:1m\":1}}");
        gateway.say("{\"type\":\"demand\",\"ttl_ms\":60000,\"series\":{\"b:1m\":0}}");
        await().until(() -> demand.watchers() == 2);
        gateway.socket.close();
        await().until(() -> feed.gateways() == 0);
        assertThat(demand.snapshot(10)).extracting(SeriesDemand::series).containsExactly("a:1m");
        assertThat(ask("/internal/demand?limit=5"))
                .matches("\\{\"series\":\\[\\{\"series_id\":\"a:1m\",\"watchers\":2,\"gateways\":1,"
                        + "\"expires_in_ms\":[0-9]+}],\"series_count\":1,\"watchers\":2}");
        assertThat(ask("/internal/demand?limit=20001")).contains("less_than_equal");
    }

    @ParameterizedTest
    @CsvSource({
        "x, not JSON",
        "{}, type is neither events nor demand",
    })
    void badMessageClosesTheSocketThatSentIt(String text, String reason) {
        Gateway good = connect("good");
        Gateway bad = connect("bad");
        bad.say(text);
        bad.awaitClosed(1008, reason);
        publisher.heartbeat();
        good.awaitTexts(heartbeat(0), heartbeat(0));
        assertThat(good.socket.isClosed()).isFalse();
    }

    @Test
    void messageOverItsSizeClosesTheSocket() {
        Gateway gateway = connect("g1");
        gateway.say("{\"type\":\"" + "x".repeat(5 << 20) + "\"}");
        await().until(gateway.socket::isClosed);
        await().until(() -> feed.gateways() == 0);
    }

    @Test
    void gatewayThatReadsTooSlowlyIsClosedAndTheOthersGoOn() {
        reopen(new FeedLimits(1 << 20, Duration.ofMinutes(1), Duration.ofMinutes(1)));
        Gateway slow = connect("slow");
        Gateway quick = connect("quick");
        slow.say("{\"type\":\"events\",\"on\":true}");
        slow.awaitTexts(heartbeat(0), heartbeat(0));
        slow.socket.pause();
        FeedEvent batch = new FeedEvent.ClosedBatch(
                SERIES,
                LongStream.rangeClosed(1, 2_000).mapToObj(i -> candle(60 * i)).toList());
        for (int i = 0; i < 1_000 && feed.slowCloses() == 0; i++) {
            publisher.publish(batch);
        }
        assertThat(feed.slowCloses()).isEqualTo(1);
        await().until(() -> feed.gateways() == 1);
        long published = publisher.position();
        publisher.heartbeat();
        quick.awaitTexts(heartbeat(0), heartbeat(published));
    }

    @Test
    void gatewayThatAnswersNoPingIsDropped() throws IOException {
        reopen(new FeedLimits(1 << 20, Duration.ofMillis(200), Duration.ofMillis(1_500)));
        Gateway alive = connect("alive");
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            silent.getOutputStream().write("""
                            GET /internal/feed?gateway=silent HTTP/1.1
                            Host: x
                            Upgrade: websocket
                            Connection: Upgrade
                            Sec-WebSocket-Version: 13
                            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                            """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            await().until(feed::gateways, is -> is == 2);
            await().until(feed::gateways, is -> is == 1);
            silent.setSoTimeout(10_000);
            InputStream in = silent.getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains("101", "no_pong");
        }
        assertThat(alive.socket.isClosed()).isFalse();
    }

    @Test
    void closingTellsEveryGatewayAndTheListenerNeedNotWait() {
        Gateway gateway = connect("g1");
        gateway.say("{\"type\":\"events\",\"on\":true}");
        await().until(feed::wantsEvents);
        publisher.publish(closed(60));
        long before = System.nanoTime();
        feed.close();
        listener.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        gateway.awaitClosed(1001, "server_shutting_down");
        gateway.awaitTexts(heartbeat(0), heartbeat(0), text(closed(60)));
    }

    @ParameterizedTest
    @CsvSource({"/internal/feed, 400", "/internal/feed?gateway=, 400", "/internal/feed?gateway=a%20b, 400"})
    void gatewaysWithoutANameAreRefused(String path, int status) {
        Throwable refused = client.connect(listener.port(), "127.0.0.1", path)
                .toCompletionStage()
                .handle((_, failure) -> failure)
                .toCompletableFuture()
                .join();
        assertThat(refused)
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class,
                        rejected -> assertThat(rejected.getStatus()).isEqualTo(status));
    }

    @Test
    void requestThatIsNoSocketIsToldSo() {
        assertThat(ask("/internal/feed?gateway=g1")).isEqualTo("{\"detail\":\"Upgrade Required\"}");
        assertThat(feed.gateways()).isZero();
    }

    private void reopen(FeedLimits limits) {
        listener.close();
        open(limits);
    }

    private void open(FeedLimits limits) {
        feed = new InternalFeed(vertx, publisher, demand, limits, System::nanoTime);
        publisher.add(feed);
        List<InternalRoute> routes = new ArrayList<>(feed.routes());
        routes.addAll(new DemandRoutes(demand).routes());
        listener = InternalListener.open(vertx, new Config(OptionalInt.of(0)), 0, routes);
    }

    /** The client may lose a frame that comes together with the answer to its handshake; then it connects once more. */
    private Gateway connect(String name) {
        int before = feed.gateways();
        while (true) {
            Gateway gateway = new Gateway(client.webSocket());
            gateway.socket
                    .connect(listener.port(), "127.0.0.1", "/internal/feed?gateway=" + name)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            await().until(() -> feed.gateways() == before + 1);
            if (gateway.hasHeardSomething()) {
                return gateway;
            }
            var _ = gateway.socket.close();
            await().until(() -> feed.gateways() == before);
        }
    }

    private String ask(String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.sendAsync(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .join()
                    .body();
        }
    }

    private static Candle candle(long time) {
        return new Candle(time, 43_210.12, 43_234.56, 43_198.07, 43_222.45, 12.345678);
    }

    private static FeedEvent closed(long time) {
        return new FeedEvent.Closed(SERIES, candle(time));
    }

    private static String text(FeedEvent event) {
        return encoded(new BusMessage.Event(SOURCE, event));
    }

    private static String heartbeat(long position) {
        return encoded(new BusMessage.Heartbeat(SOURCE, position, 1234));
    }

    private static String encoded(BusMessage message) {
        return new String(BusMessageCodec.encode(message), StandardCharsets.UTF_8);
    }
}

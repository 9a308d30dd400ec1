package tradecanvas.ingest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreOverloadedException;
import tradecanvas.store.remote.RemoteBounds;
import tradecanvas.store.remote.RemoteCandleReader;
import tradecanvas.store.remote.StoreAnswers;
import tradecanvas.store.sqlite.SqliteSettings;
import tradecanvas.store.sqlite.SqliteStore;

class InternalListenerTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:ü &\n\"日本\":1m");
    private static final int CONNECTIONS_MAX = 3;

    private record Config(OptionalInt internalPort) implements InternalConfig {
        @Override
        public String internalHost() {
            return "127.0.0.1";
        }

        @Override
        public int internalConnectionsMax() {
            return CONNECTIONS_MAX;
        }
    }

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<RoutingContext> held = new CopyOnWriteArrayList<>();
    private SqliteStore store;
    private InternalListener listener;

    @BeforeEach
    void open() {
        store = SqliteStore.open(SqliteSettings.of(directory.resolve("market.db")));
        List<InternalRoute> routes = new ArrayList<>(new CandleRoutes(store.reader()).routes());
        routes.add(route(HttpMethod.GET, "/internal/held", held::add));
        routes.add(route(HttpMethod.POST, "/internal/held", held::add));
        routes.add(route(HttpMethod.GET, "/internal/full", failing(new StoreOverloadedException("full"))));
        routes.add(route(HttpMethod.GET, "/internal/broken", failing(new StoreException("disk", new IOException()))));
        routes.add(route(HttpMethod.GET, "/internal/bug", _ -> {
            throw new IllegalStateException("bug");
        }));
        listener = InternalListener.open(vertx, new Config(OptionalInt.of(0)), 0, routes);
    }

    @AfterEach
    void close() {
        listener.close();
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void everyReadGivesWhatTheStoreGives() {
        List<Candle> candles = new ArrayList<>(IntStream.rangeClosed(1, 40)
                .mapToObj(i -> new Candle(60L * i, i / 3.0, 1e-300 * i, -i, 0.1 * i, 1e17 * i))
                .toList());
        candles.removeIf(candle -> candle.openTime() % 600 == 0);
        result(store.writer().save(List.of(SeriesCandles.of(SERIES, candles))));
        CandleReader truth = store.reader();
        try (RemoteCandleReader remote = new RemoteCandleReader(
                vertx, URI.create("http://127.0.0.1:" + listener.port()), RemoteBounds.STANDARD)) {
            assertThat(result(remote.newest(SERIES, 7))).isEqualTo(result(truth.newest(SERIES, 7)));
            assertThat(result(remote.newest(SERIES, 0))).isEqualTo(result(truth.newest(SERIES, 0)));
            assertThat(result(remote.after(SERIES, 120, 20_000))).isEqualTo(result(truth.after(SERIES, 120, 20_000)));
            assertThat(result(remote.range(SERIES, -5, 900, 10))).isEqualTo(result(truth.range(SERIES, -5, 900, 10)));
            assertThat(result(remote.count(SERIES, Long.MIN_VALUE, 900))).isEqualTo(14);
            assertThat(result(remote.extent(SERIES))).isEqualTo(result(truth.extent(SERIES)));
            assertThat(result(remote.gaps(SERIES, 2))).isEqualTo(result(truth.gaps(SERIES, 2)));
            SeriesId empty = SeriesId.parse("nobody:1h");
            assertThat(result(remote.extent(empty))).isEqualTo(result(truth.extent(empty)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "newest",
                "newest?series_id=",
                "newest?series_id=a",
                "newest?series_id=a:1w",
                "newest?series_id=a:1m&limit=20001",
                "newest?series_id=a:1m&limit=-1",
                "newest?series_id=a:1m&limit=x",
                "after?series_id=a:1m",
                "after?series_id=a:1m&since=1.5",
                "range?series_id=a:1m&from=1",
                "range?series_id=a:1m&from=1&to=99999999999999999999",
                "count?series_id=a:1m&to=1",
                "extent?limit=1",
                "gaps?series_id=a:1m&limit=51"
            })
    void inputThatCannotBeUnderstoodIsRefused(String question) {
        HttpResponse<String> answer = get("/internal/candles/" + question);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"detail\":");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "/internal/full, 503, store_overloaded",
        "/internal/broken, 500, store_failed",
        "/internal/bug, 500, store_failed",
        "/internal/candles, 404, Not Found",
        "/, 404, Not Found",
        "/q/health, 404, Not Found"
    })
    void refusalsHaveTheirStatus(String path, int status, String detail) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"detail\":\"" + detail + "\"}");
    }

    @Test
    void wrongMethodIsToldTheRightOne() {
        HttpRequest request = HttpRequest.newBuilder(address("/internal/candles/newest"))
                .DELETE()
                .build();
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET");
    }

    @Test
    void requestsOverTheirSizesAreRefused() {
        assertThat(get("/internal/candles/extent?series_id=" + "a".repeat(9_000))
                        .statusCode())
                .isEqualTo(414);
        HttpRequest request = HttpRequest.newBuilder(address("/internal/held"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[(1 << 20) + 1]))
                .expectContinue(true) // the answer comes before the body, whose rest would reset the connection
                .build();
        // the first answer ended its connection, which a client may only notice with its next request
        assertThat(HttpClient.newHttpClient()
                        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                        .join()
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void connectionsPastTheBoundAreClosed() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS_MAX; i++) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), listener.port()));
            }
            await().until(() -> listener.connections() == CONNECTIONS_MAX);
            try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                refused.setSoTimeout(10_000);
                assertThat(refused.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(listener.refusedConnections()).isEqualTo(1);
            await().until(() -> listener.connections() == CONNECTIONS_MAX);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        await().until(() -> listener.connections() == 0);
        assertThat(get("/internal/full").statusCode()).isEqualTo(503);
    }

    @Test
    void portThatIsTakenSaysSo() {
        assertThatThrownBy(() -> InternalListener.open(
                        vertx, new Config(OptionalInt.of(listener.port())), listener.port(), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("internal listener cannot open 127.0.0.1:" + listener.port())
                .hasMessageContaining("in use");
    }

    @Test
    void closingAnswersWhatIsUnderWayAndRefusesTheRest() throws IOException {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                HttpRequest.newBuilder(address("/internal/held")).build(), HttpResponse.BodyHandlers.ofString());
        try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            idle.setSoTimeout(10_000);
            await().until(() -> held.size() == 1 && listener.connections() == 2);
            CompletableFuture<Void> closed = CompletableFuture.runAsync(listener::close);
            await().until(() -> listener.isDraining());
            idle.getOutputStream()
                    .write("GET /internal/candles/newest HTTP/1.1\r\nHost: x\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] head = idle.getInputStream().readNBytes(12);
            assertThat(new String(head, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 503");
            assertThat(closed).isNotDone();
            InternalAnswers.refuse(held.getFirst(), 404, "late but answered");
            assertThat(answer.orTimeout(10, TimeUnit.SECONDS).join().body())
                    .isEqualTo("{\"detail\":\"late but answered\"}");
            closed.orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    private static InternalRoute route(HttpMethod method, String path, Handler<RoutingContext> handler) {
        return new InternalRoute(method, path, handler);
    }

    private static Handler<RoutingContext> failing(StoreException failure) {
        return request ->
                InternalAnswers.whenDone(request, CompletableFuture.<Long>failedStage(failure), StoreAnswers::count);
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(address(path)).build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + listener.port() + path);
    }

    private static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}

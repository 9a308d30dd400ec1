package tradecanvas.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.store.servers.ServiceInstance;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.client.RawConnection;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.Gateway;
import tradecanvas.system.process.RoleProcess;

/** What traders see of the split topology through its balancer, and what they do not. */
class BalancerIT {
    private static final String NOT_FOUND = "{\"detail\":\"Not Found\"}";
    private static final String CLOSED = "{\"type\":\"candle_closed\"";
    private static final Duration NOTICED_MAX = Duration.ofSeconds(10);

    /** Either is how a JVM ends by SIGTERM. */
    private static final Integer[] ENDED_BY_SIGTERM = {0, 143};

    private static int used;

    @TempDir
    static Path directory;

    private static ServiceInstance services;
    private static Cluster cluster;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String series = "test:spot:cluster-" + used++ + ":1m";

    @BeforeAll
    static void start() {
        services = Cluster.ownServices();
        cluster = Cluster.in(directory, services).start();
    }

    @AfterAll
    static void close() {
        cluster.close();
        services.close();
    }

    @BeforeEach
    void everyMemberRuns() {
        cluster.start();
        for (RoleProcess<?> member : cluster.gateways()) {
            awaitState("gateways", cluster.gateways().indexOf(member) + 1, true);
        }
        for (RoleProcess<?> member : cluster.readApis()) {
            awaitState("read-apis", cluster.readApis().indexOf(member) + 1, true);
        }
    }

    @Test
    void whatTheWorkerTakesIsReadAndSeenEverywhere() {
        List<MarketSocket> sockets = List.of(
                connect(cluster.balancer().marketSocket()),
                connect(cluster.gateway(0).marketSocket()),
                connect(cluster.gateway(1).marketSocket()));
        sockets.forEach(socket -> socket.subscribe(series, null, false).untilNow());

        ingest().post(60);

        for (MarketSocket socket : sockets) {
            assertThat(socket.next()).startsWith(CLOSED).contains("\"candle_time\":60");
            socket.close();
        }
        for (int i = 0; i < 4; i++) {
            assertThat(traders().stored(0)).containsExactly(Api.json(Api.candle(60)));
        }
    }

    @Test
    void socketsAndReadsAreSpread() {
        List<MarketSocket> sockets = IntStream.range(0, 10)
                .mapToObj(i -> connect(cluster.balancer().marketSocket()))
                .toList();
        for (Gateway gateway : cluster.gateways()) {
            assertThat(new Api(http, gateway.http()).get("q/metrics").body())
                    .contains("tradecanvas_gateway_sockets 5.0");
        }
        sockets.forEach(MarketSocket::close);
    }

    @Test
    void watchPageAndDescriptionsAreServed() {
        assertThat(cluster.atBalancer().get("").body()).contains("<title>trade-canvas</title>");
        assertThat(cluster.atBalancer().get("openapi").body()).contains("/api/market/candles:");
        assertThat(cluster.atBalancer().get("asyncapi.yaml").body()).contains("asyncapi:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health",
                "/q/health/ready",
                "/q/metrics",
                "/q",
                "/internal/mirror",
                "/internal",
                "/api/market/ingest/candle_closed",
                "/api/dev/market/ingest/candles_closed_batch",
                "/%71/metrics",
                "//q/metrics",
                "/./q/metrics",
                "/assets/../q/metrics",
                "/assets/%2e%2e/q/metrics",
                "/%2fq/metrics",
                "/\\q/metrics",
                "/q;a=b/metrics",
                "/%2571/metrics"
            })
    void whatIsNotForTradersIsNotFoundInAnySpelling(String path) {
        try (RawConnection connection = RawConnection.open(cluster.balancer().http())) {
            RawConnection.Answer answer = connection
                    .send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")
                    .answer();
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(NOT_FOUND);
            assertThat(answer.headers()).containsEntry("content-type", "application/json");
        }
    }

    @Test
    void nothingIsPostedThroughTheBalancer() {
        Api.Answer ingest = cluster.atBalancer().postClosed(series, 60);
        assertThat(ingest.status()).isEqualTo(404);
        assertThat(ingest.body()).isEqualTo(NOT_FOUND);
        Api.Answer read = cluster.atBalancer().post("api/market/candles", "{}");
        assertThat(read.status()).isEqualTo(405);
        assertThat(read.body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
        assertThat(read.response().headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
        assertThat(new SeriesApi(new Api(http, cluster.readApi(0).http()), series).stored(0))
                .isEmpty();
    }

    @Test
    void crossOriginRequestsAreAnsweredByTheReads() {
        Api.Answer preflight = cluster.atBalancer()
                .send(HttpRequest.newBuilder(cluster.balancer().http().resolve("api/market/whitelist"))
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .header("Origin", "http://localhost:5173")
                        .header("Access-Control-Request-Method", "GET")
                        .build());
        assertThat(preflight.response().headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("http://localhost:5173");
    }

    @Test
    void readsGoOnWithoutAFailureWhileOneReadApiIsKilledAndStartedAgain() {
        ingest().post(60);
        cluster.readApi(0).kill();
        for (int i = 0; i < 50; i++) {
            assertThat(traders().stored(0)).hasSize(1);
        }
        cluster.readApi(0).start();
        cluster.awaitReady(cluster.readApi(0));
        awaitState("read-apis", 1, true);
        cluster.readApi(1).stop();
        assertThat(traders().stored(0)).hasSize(1);
    }

    @Test
    void clientsOfAGatewayThatIsStoppedAreToldAndFindTheOtherOne() {
        ingest().post(60);
        MarketSocket socket = connect(cluster.balancer().marketSocket());
        socket.subscribe(series, null, false).untilNow();
        Gateway its = cluster.gateways().stream()
                .filter(gateway -> new Api(http, gateway.http())
                        .get("q/metrics")
                        .body()
                        .contains("tradecanvas_gateway_sockets 1.0"))
                .findFirst()
                .orElseThrow();

        assertThat(its.stop()).isIn((Object[]) ENDED_BY_SIGTERM);

        assertThat(socket.awaitClose()).isEqualTo(new MarketSocket.Closed(1001, "server_shutdown"));
        assertOthersServe();
    }

    @Test
    void gatewayThatIsKilledIsAvoidedAtOnceAndUsedAgainOnceItIsBack() {
        cluster.gateway(0).kill();
        for (int i = 0; i < 10; i++) {
            assertOthersServe();
        }
        awaitState("gateways", 1, false);
        cluster.gateway(0).start();
        awaitState("gateways", 1, true);
        cluster.gateway(1).kill();
        assertOthersServe();
    }

    @Test
    void gatewayThatHangsIsAvoidedOnceItIsNoticed() {
        cluster.gateway(0).pause();
        try {
            awaitState("gateways", 1, false);
            assertOthersServe();
        } finally {
            cluster.gateway(0).resume();
        }
        awaitState("gateways", 1, true);
    }

    @Test
    void withoutAnyReadApiTheRefusalIsJson() {
        cluster.readApis().forEach(RoleProcess::kill);
        await().atMost(NOTICED_MAX).untilAsserted(() -> {
            Api.Answer answer = cluster.atBalancer().get("api/market/whitelist");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"detail\":\"Service Unavailable\"}");
            assertThat(answer.response().headers().firstValue("Retry-After")).hasValue("1");
        });
    }

    private void assertOthersServe() {
        try (MarketSocket socket = connect(cluster.balancer().marketSocket())) {
            assertThat(socket.untilNow()).isEmpty();
        }
    }

    /** Waits until the balancer holds a server for up or down. */
    private void awaitState(String backend, int number, boolean up) {
        String server = backend.substring(0, backend.length() - 1) + "-" + number;
        await().atMost(NOTICED_MAX)
                .untilAsserted(() -> assertThat(new Api(http, cluster.balancer().metrics())
                                .get("metrics")
                                .body())
                        .contains("haproxy_server_status{proxy=\"" + backend + "\",server=\"" + server
                                + "\",state=\"UP\"} " + (up ? 1 : 0)));
    }

    private SeriesApi ingest() {
        return new SeriesApi(cluster.atWorker(), series);
    }

    private SeriesApi traders() {
        return new SeriesApi(cluster.atBalancer(), series);
    }

    private MarketSocket connect(URI address) {
        return MarketSocket.connect(http, address);
    }
}

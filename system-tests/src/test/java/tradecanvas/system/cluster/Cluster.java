package tradecanvas.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import tradecanvas.store.servers.ServiceInstance;
import tradecanvas.system.client.Api;
import tradecanvas.system.process.Gateway;
import tradecanvas.system.process.IngestWorker;
import tradecanvas.system.process.LoadBalancer;
import tradecanvas.system.process.PostgresDatabase;
import tradecanvas.system.process.ReadApi;
import tradecanvas.system.process.RoleProcess;
import tradecanvas.system.process.TcpProxy;

/**
 * One worker, two gateways and two read-apis behind HAProxy, with all switches on, on a PostgreSQL and a Redis of their own.
 * The gateways reach Redis through a network that can fail. Owner: one test class.
 */
final class Cluster implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofSeconds(60);

    private final ServiceInstance services;
    private final PostgresDatabase database;
    private final TcpProxy redisNetwork;
    private final IngestWorker worker;
    private final List<Gateway> gateways;
    private final List<ReadApi> reads;
    private final LoadBalancer balancer;

    private Cluster(Path directory, String name) throws SQLException {
        services = ServiceInstance.up(name);
        database = PostgresDatabase.create(services.postgresDsn());
        redisNetwork = TcpProxy.to(URI.create(services.redisUrl()).getPort());
        worker = switchedOn(IngestWorker.in(directory.resolve("worker")), services.redisUrl());
        String throughNetwork = "redis://127.0.0.1:" + redisNetwork.port() + "/0";
        gateways = Stream.of("gateway-1", "gateway-2")
                .map(gateway -> switchedOn(
                        Gateway.in(directory.resolve(gateway), worker.internal())
                                .with("TRADE_CANVAS_WS_DRAIN_MS", "2000")
                                .with("TRADE_CANVAS_WS_QUEUE_BYTES_MAX", "1500000"),
                        throughNetwork))
                .toList();
        reads = Stream.of("read-api-1", "read-api-2")
                .map(read -> switchedOn(ReadApi.in(directory.resolve(read), worker.internal()), services.redisUrl()))
                .toList();
        balancer = LoadBalancer.start(directory, gateways, reads);
    }

    /** Starts everything and waits until it is ready. */
    static Cluster start(Path directory, String name) throws SQLException {
        Cluster cluster = new Cluster(directory, name + ProcessHandle.current().pid());
        cluster.worker.start();
        cluster.others().forEach(RoleProcess::launch);
        cluster.others().forEach(process -> cluster.awaitReady(process));
        return cluster;
    }

    ServiceInstance services() {
        return services;
    }

    PostgresDatabase database() {
        return database;
    }

    /** Between the gateways and Redis. */
    TcpProxy redisNetwork() {
        return redisNetwork;
    }

    IngestWorker worker() {
        return worker;
    }

    Gateway gateway(int index) {
        return gateways.get(index);
    }

    LoadBalancer balancer() {
        return balancer;
    }

    /** Where candles are posted; each call of this gives a client with connections of its own. */
    Api atWorker() {
        return new Api(HttpClient.newHttpClient(), worker.http());
    }

    /** Where traders read. */
    Api atBalancer() {
        return new Api(HttpClient.newHttpClient(), balancer.http());
    }

    Api atGateway(int index) {
        return new Api(HttpClient.newHttpClient(), gateways.get(index).http());
    }

    Api atReads(int index) {
        return new Api(HttpClient.newHttpClient(), reads.get(index).http());
    }

    /** What a gateway says of its feed. */
    JsonNode feed(int index) {
        JsonNode health = atGateway(index).get("q/health/ready").json();
        for (JsonNode check : health.get("checks")) {
            if (check.get("name").asText().equals("feed")) {
                return check.get("data");
            }
        }
        throw new AssertionError(health.toString());
    }

    void awaitFeed(String source) {
        for (int i = 0; i < gateways.size(); i++) {
            int index = i;
            await().atMost(READY_MAX)
                    .untilAsserted(() -> assertThat(feed(index).get("source").asText())
                            .as("feed of gateway %d: %s", index + 1, feed(index))
                            .isEqualTo(source));
        }
    }

    /** A counter of a gateway by its name in Prometheus' text, summed over its tags. */
    double counter(int index, String name) {
        return atGateway(index)
                .get("q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    void awaitReady(RoleProcess<?> process) {
        Api api = new Api(HttpClient.newHttpClient(), process.http());
        await().atMost(READY_MAX)
                .ignoreExceptions()
                .until(() -> api.get("q/health/ready").status() == 200);
    }

    @Override
    public void close() throws SQLException {
        balancer.close();
        others().forEach(RoleProcess::close);
        worker.close();
        redisNetwork.close();
        database.close();
        services.close();
    }

    private List<RoleProcess<?>> others() {
        return Stream.<RoleProcess<?>>concat(gateways.stream(), reads.stream()).toList();
    }

    private <P extends RoleProcess<P>> P switchedOn(P process, String redisUrl) {
        return process.withOpenGates()
                .with("TRADE_CANVAS_POSTGRES_DSN", database.dsn())
                .with("TRADE_CANVAS_REDIS_URL", redisUrl)
                .with("TRADE_CANVAS_ENABLE_PG_STORE", "1")
                .with("TRADE_CANVAS_ENABLE_DUAL_WRITE", "1")
                .with("TRADE_CANVAS_ENABLE_PG_READ", "1")
                .with("TRADE_CANVAS_ENABLE_WS_PUBSUB", "1");
    }
}

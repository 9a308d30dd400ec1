package tradecanvas.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
 * A worker, gateways and read-apis behind a balancer, with dual writing, reads from PostgreSQL and Redis switched on, and a
 * database of its own.
 *
 * <p>Each member can be stopped, killed, hung and started again on its port. Redis has no names of its own for a cluster, so
 * two clusters at a time need two service instances. Owner: one test.
 */
public final class Cluster implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServiceInstance services;
    private final PostgresDatabase database;
    private final List<TcpProxy> networks = new ArrayList<>();
    private final @Nullable TcpProxy redisNetwork;
    private final @Nullable TcpProxy postgresNetwork;
    private final @Nullable TcpProxy workerNetwork;
    private final IngestWorker worker;
    private final List<Gateway> gateways;
    private final List<ReadApi> readApis;
    private final LoadBalancer balancer;

    private Cluster(Plan plan) {
        services = plan.services;
        database = plan.createDatabase();
        URI redis = URI.create(plan.services.redisUrl());
        redisNetwork = network(plan.redisProxied, redis.getPort());
        postgresNetwork = network(plan.postgresProxied, database.port());
        worker = IngestWorker.in(plan.directory.resolve("worker"));
        workerNetwork = network(plan.workerProxied, worker.internal().getPort());
        URI workerUrl =
                workerNetwork == null ? worker.internal() : URI.create("http://127.0.0.1:" + workerNetwork.port());
        gateways = IntStream.rangeClosed(1, plan.gateways)
                .mapToObj(i -> Gateway.in(plan.directory.resolve("gateway-" + i), workerUrl))
                .toList();
        readApis = IntStream.rangeClosed(1, plan.readApis)
                .mapToObj(i -> ReadApi.in(plan.directory.resolve("read-api-" + i), workerUrl))
                .toList();
        balancer = LoadBalancer.in(plan.directory.resolve("balancer"), gateways, readApis);
        String dsn = postgresNetwork == null ? database.dsn() : database.dsn("127.0.0.1", postgresNetwork.port());
        String redisUrl =
                redisNetwork == null ? redis.toString() : "redis://127.0.0.1:" + redisNetwork.port() + redis.getPath();
        roles().forEach(role -> switchOn(role, dsn, redis.toString()));
        gateways.forEach(gateway -> gateway.with("TRADE_CANVAS_REDIS_URL", redisUrl));
        roles().forEach(role -> plan.settings.forEach(setting -> role.with(setting.name(), setting.value())));
    }

    /** Two gateways and two read-apis, unless something else is asked for. */
    public static Plan in(Path directory, ServiceInstance services) {
        return new Plan(directory, services);
    }

    /** PostgreSQL and Redis for the clusters of this checkout alone, to be closed by the test class. */
    public static ServiceInstance ownServices() {
        int checkout = RoleProcess.repository().toAbsolutePath().normalize().hashCode();
        return ServiceInstance.up("it-cluster-" + Integer.toHexString(checkout));
    }

    /** Starts all members that do not run at the same time, and returns when each is ready; the balancer is the last. */
    public Cluster start() {
        List<RoleProcess<?>> starting = roles().filter(role -> !role.isAlive()).toList();
        starting.forEach(RoleProcess::launch);
        starting.forEach(RoleProcess::awaitReady);
        starting.forEach(this::awaitReady);
        if (!balancer.isAlive()) {
            balancer.start();
        }
        return this;
    }

    /** Waits until a member says that it can serve, which is after its port has opened. */
    public void awaitReady(RoleProcess<?> member) {
        Api api = new Api(http, member.http());
        await().atMost(READY_MAX)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> api.get("q/health/ready").status() == 200);
    }

    public IngestWorker worker() {
        return worker;
    }

    /** Counted from 0. */
    public Gateway gateway(int index) {
        return gateways.get(index);
    }

    public List<Gateway> gateways() {
        return gateways;
    }

    /** Counted from 0. */
    public ReadApi readApi(int index) {
        return readApis.get(index);
    }

    public List<ReadApi> readApis() {
        return readApis;
    }

    public LoadBalancer balancer() {
        return balancer;
    }

    public ServiceInstance services() {
        return services;
    }

    public PostgresDatabase database() {
        return database;
    }

    /** Where candles are posted. */
    public Api atWorker() {
        return new Api(http, worker.http());
    }

    /** What a trader asks. */
    public Api atBalancer() {
        return new Api(http, balancer.http());
    }

    public Api atGateway(int index) {
        return new Api(http, gateways.get(index).http());
    }

    public Api atReads(int index) {
        return new Api(http, readApis.get(index).http());
    }

    /** Waits until every gateway says that it has its feed from a source. */
    public void awaitFeed(String source) {
        for (int i = 0; i < gateways.size(); i++) {
            int index = i;
            await().atMost(READY_MAX)
                    .untilAsserted(() -> assertThat(feed(index).get("source").asText())
                            .as("feed of gateway %d: %s", index + 1, feed(index))
                            .isEqualTo(source));
        }
    }

    /** What a gateway says of its feed. */
    public JsonNode feed(int index) {
        JsonNode health = atGateway(index).get("q/health/ready").json();
        for (JsonNode check : health.get("checks")) {
            if (check.get("name").asText().equals("feed")) {
                return check.get("data");
            }
        }
        throw new AssertionError(health.toString());
    }

    /** A counter of a gateway by its name in Prometheus' text, summed over its tags. */
    public double counter(int index, String name) {
        return atGateway(index)
                .get("q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Between the gateways and Redis; only where it was asked for, as are the next two. */
    public TcpProxy redisNetwork() {
        return Objects.requireNonNull(redisNetwork, "not planned");
    }

    /** Between every process and PostgreSQL. */
    public TcpProxy postgresNetwork() {
        return Objects.requireNonNull(postgresNetwork, "not planned");
    }

    /** Between the other roles and the worker's internal listener. */
    public TcpProxy workerNetwork() {
        return Objects.requireNonNull(workerNetwork, "not planned");
    }

    @Override
    public void close() {
        balancer.close();
        roles().forEach(RoleProcess::close);
        networks.forEach(TcpProxy::close);
        try {
            database.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Stream<RoleProcess<?>> roles() {
        return Stream.<List<? extends RoleProcess<?>>>of(List.of(worker), gateways, readApis)
                .flatMap(List::stream);
    }

    private @Nullable TcpProxy network(boolean wanted, int port) {
        if (!wanted) {
            return null;
        }
        TcpProxy proxy = TcpProxy.to(port);
        networks.add(proxy);
        return proxy;
    }

    private static void switchOn(RoleProcess<?> role, String dsn, String redisUrl) {
        role.withOpenGates();
        role.with("TRADE_CANVAS_POSTGRES_DSN", dsn);
        role.with("TRADE_CANVAS_REDIS_URL", redisUrl);
        for (String name : List.of("PG_STORE", "DUAL_WRITE", "PG_READ", "WS_PUBSUB")) {
            role.with("TRADE_CANVAS_ENABLE_" + name, "1");
        }
    }

    private record SettingOfAll(String name, String value) {}

    /** A cluster that was not started yet. */
    public static final class Plan {
        private final Path directory;
        private final ServiceInstance services;
        private final List<SettingOfAll> settings = new ArrayList<>();
        private int gateways = 2;
        private int readApis = 2;
        private boolean redisProxied;
        private boolean postgresProxied;
        private boolean workerProxied;

        private Plan(Path directory, ServiceInstance services) {
            this.directory = directory;
            this.services = services;
        }

        public Plan gateways(int count) {
            gateways = count;
            return this;
        }

        public Plan readApis(int count) {
            readApis = count;
            return this;
        }

        /** Sets an environment variable of the worker, every gateway and every read-api. */
        public Plan with(String variable, String value) {
            settings.add(new SettingOfAll(variable, value));
            return this;
        }

        public Plan proxyRedis() {
            redisProxied = true;
            return this;
        }

        public Plan proxyPostgres() {
            postgresProxied = true;
            return this;
        }

        public Plan proxyWorker() {
            workerProxied = true;
            return this;
        }

        /** The cluster, in which single members can still be given settings of their own before it is started. */
        public Cluster build() {
            return new Cluster(this);
        }

        public Cluster start() {
            Cluster cluster = build();
            try {
                return cluster.start();
            } catch (RuntimeException | AssertionError failure) {
                cluster.close();
                throw failure;
            }
        }

        private PostgresDatabase createDatabase() {
            try {
                return PostgresDatabase.create(services.postgresDsn());
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}

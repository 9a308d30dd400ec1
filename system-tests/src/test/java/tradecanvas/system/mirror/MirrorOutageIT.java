package tradecanvas.system.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.store.servers.ServiceInstance;
import tradecanvas.system.client.Api;
import tradecanvas.system.process.IngestWorker;
import tradecanvas.system.process.PostgresDatabase;
import tradecanvas.system.process.ReadApi;
import tradecanvas.system.process.RoleProcess;
import tradecanvas.system.process.TcpProxy;
import tradecanvas.system.process.TradeCanvas;

/** PostgreSQL fails under load: nobody notices, and then both stores are equal. */
class MirrorOutageIT {
    private static final int POSTERS = 8;
    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration BEFORE = Duration.ofSeconds(4);
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    private static ServiceInstance services;

    @TempDir
    Path directory;

    private PostgresDatabase database;
    private TcpProxy network;
    private TradeCanvas server;
    private Api api;

    @BeforeAll
    static void startServices() {
        services = ServiceInstance.up("mirror-faults");
    }

    @AfterAll
    static void stopServices() {
        services.close();
    }

    @BeforeEach
    void start() throws SQLException {
        database = PostgresDatabase.create(services.postgresDsn());
        network = TcpProxy.to(database.port());
        server = MirroredServer.in(directory, database.dsn("127.0.0.1", network.port()))
                .start();
        api = MirroredServer.api(server);
    }

    @AfterEach
    void stop() throws SQLException {
        server.close();
        network.close();
        database.close();
    }

    @Test
    void postgresIsStoppedForTwentySeconds() throws Exception {
        outage("stopped", services::stopPostgres, services::startPostgres);
    }

    @Test
    void postgresHangsForTwentySeconds() throws Exception {
        outage("hanging", services::pausePostgres, services::resumePostgres);
    }

    @Test
    void networkToPostgresSwallowsEverything() throws Exception {
        outage("silent", network::silence, network::resume);
    }

    @Test
    void connectionsAreCutAgainAndAgain() throws Exception {
        try (MirrorLoad load = MirrorLoad.on(api, "cut", POSTERS)) {
            warmUp(load);
            load.phase("cut");
            for (int i = 0; i < 20; i++) {
                network.cut();
                sleep(Duration.ofMillis(250));
            }
            load.phase("after");
            sleep(Duration.ofSeconds(1));
            load.end();
            System.out.print(load.latencies("before", "cut", "after"));
            assertThat(load.complaints()).isEmpty();
        }
        MirroredServer.awaitMirrored(api);
        Stores.assertEqual(server.database(), database);
    }

    @Test
    void postgresIsStoppedAndReadsAreAnsweredByAnotherProcess() throws Exception {
        try (IngestWorker worker =
                        mirrored(IngestWorker.in(directory.resolve("worker"))).start();
                ReadApi reads = mirrored(ReadApi.in(directory.resolve("reads"), worker.internal()))
                        .start()) {
            HttpClient http = HttpClient.newHttpClient();
            Api atWorker = new Api(http, worker.http());
            try (MirrorLoad load = MirrorLoad.on(atWorker, new Api(http, reads.http()), "split", POSTERS)) {
                warmUp(load);
                load.phase("hanging");
                services.pausePostgres();
                sleep(Duration.ofSeconds(8));
                services.resumePostgres();
                load.phase("stopped");
                services.stopPostgres();
                sleep(Duration.ofSeconds(8));
                services.startPostgres();
                load.phase("after");
                sleep(BEFORE);
                load.end();
                System.out.print(load.latencies("before", "hanging", "stopped", "after"));
                System.out.println("reads=" + load.reads() + " "
                        + new Api(http, reads.http())
                                .get("q/metrics")
                                .body()
                                .lines()
                                .filter(line -> line.startsWith("tradecanvas_reads_routed"))
                                .toList());
                assertThat(load.complaints()).isEmpty();
            }
            MirroredServer.awaitMirrored(atWorker);
            Stores.assertEqual(worker.database(), database);
        }
    }

    private <P extends RoleProcess<P>> P mirrored(P process) {
        return MirroredServer.mirrored(process, database.dsn("127.0.0.1", network.port()));
    }

    private void outage(String name, Runnable begin, Runnable end) throws Exception {
        try (MirrorLoad load = MirrorLoad.on(api, name, POSTERS)) {
            warmUp(load);
            load.phase(name);
            begin.run();
            sleep(OUTAGE.minusSeconds(5));
            assertThat(MirroredServer.mirror(api).get("state").asText()).isEqualTo("down");
            assertThat(MirroredServer.mirror(api).get("outbox_oldest_age_ms").asLong())
                    .isBetween(10_000L, 25_000L);
            assertThat(api.get("q/health/ready").status())
                    .as("degraded, not unready")
                    .isEqualTo(200);
            sleep(Duration.ofSeconds(5));
            end.run();
            load.phase("after");
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            MirroredServer.mirror(api).get("state").asText().equals("up"));
            sleep(Duration.ofSeconds(1));
            load.end();
            System.out.print(load.latencies("before", name, "after"));
            System.out.println("reads=" + load.reads() + " mirror=" + MirroredServer.mirror(api));
            assertThat(load.complaints()).isEmpty();
        }
        MirroredServer.awaitMirrored(api);
        Stores.assertEqual(server.database(), database);
    }

    /** Ends with the latency of a warm process as phase "before". */
    private static void warmUp(MirrorLoad load) throws InterruptedException {
        sleep(WARM_UP);
        load.phase("before");
        sleep(BEFORE);
    }

    /** The length of a phase of load, which nothing but time ends. */
    private static void sleep(Duration length) throws InterruptedException {
        Thread.sleep(length);
    }
}

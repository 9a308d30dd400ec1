package tradecanvas.system.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.IngestWorker;
import tradecanvas.system.process.ReadApi;
import tradecanvas.system.process.RoleProcess;

/** The worker writes in one process, the reads are answered in another one. */
class SplitReadsIT {
    private static final String SERIES = "test:spot:split & ü/日本:1m";
    private static final String CANDLES = "api/market/candles?series_id=" + Api.encode(SERIES);
    private static final String UNAVAILABLE = "{\"detail\":\"store_unavailable\"}";

    /** Either is how a JVM ends by SIGTERM. */
    private static final Integer[] ENDED_BY_SIGTERM = {0, 143};

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private IngestWorker worker;
    private ReadApi reads;
    private Api atWorker;
    private Api atReads;

    @BeforeEach
    void start() throws IOException {
        worker = IngestWorker.in(directory.resolve("worker")).withOpenGates().start();
        Path files = Files.createDirectories(directory.resolve("reads"));
        Files.writeString(files.resolve("whitelist.json"), "{\"series_ids\":[\"a:1m\"]}");
        reads = ReadApi.in(files, worker.internal())
                .withOpenGates()
                .with("TRADE_CANVAS_WORKER_TIMEOUT_MS", "1000")
                .start();
        atWorker = new Api(http, worker.http());
        atReads = new Api(http, reads.http());
    }

    @AfterEach
    void close() {
        reads.close();
        worker.close();
    }

    @Test
    void whatTheWorkerHasTakenIsReadAtOnceAndExactly() {
        SeriesApi written = new SeriesApi(atWorker, SERIES);
        SeriesApi read = new SeriesApi(atReads, SERIES);
        for (long time = 60; time <= 600; time += 60) {
            written.post(time);
            assertThat(read.stored(0).getLast()).isEqualTo(Api.json(Api.candle(time)));
        }
        written.postBatch(660, 12_000);
        List<JsonNode> expected = IntStream.rangeClosed(1, 12_010)
                .mapToObj(minute -> Api.json(Api.candle(60L * minute)))
                .toList();
        assertThat(read.stored(0)).isEqualTo(expected);
        assertThat(atReads.get(CANDLES + "&limit=1").body())
                .isEqualTo("{\"series_id\":\"" + SERIES + "\",\"server_head_time\":720600,\"candles\":["
                        + Api.candle(720_600) + "]}");
    }

    @Test
    void everyEndpointOfTheReadsWorks() {
        new SeriesApi(atWorker, "a:b:c:5m").postBatch(600, 3);
        assertThat(atReads.get("api/market/whitelist").body()).isEqualTo("{\"series_ids\":[\"a:1m\"]}");
        assertThat(atReads.get("api/market/health?series_id=a:b:c:5m&now_time=720")
                        .json()
                        .get("head_time")
                        .longValue())
                .isEqualTo(720);
        JsonNode health =
                atReads.get("api/market/debug/series_health?series_id=a:b:c:5m").json();
        assertThat(health.get("candle_count").longValue()).isEqualTo(3);
        assertThat(atReads.get("api/market/candles?series_id=none:1m").body()).contains("\"server_head_time\":null");
        assertThat(atReads.get("api/market/debug/metrics").body()).contains("market_query_candles_requests_total");
        for (Api api : List.of(atReads, atWorker)) {
            assertThat(api.get("q/health").json().get("status").textValue()).isEqualTo("UP");
            assertThat(api.get("q/metrics").body()).contains("jvm_");
        }
        assertThat(atReads.get("openapi").body())
                .contains("/api/market/candles:")
                .doesNotContain("/ingest/", "/internal/");
        assertThat(atWorker.get("openapi").body())
                .contains("/api/market/ingest/candle_closed:")
                .doesNotContain("/api/market/candles:", "/internal/");
    }

    @Test
    void theWatchPageIsServedWhereTheReadsAre() {
        assertThat(atReads.get("").body()).contains("<title>trade-canvas</title>");
        assertThat(atWorker.get("").status()).isEqualTo(404);
    }

    @Test
    void eachPublicListenerHasItsOwnPartOnly() {
        assertThat(atWorker.get(CANDLES).status()).isEqualTo(404);
        assertThat(atWorker.get("api/market/whitelist").status()).isEqualTo(404);
        assertThat(atReads.postClosed(SERIES, 60).status()).isEqualTo(404);
        for (Api api : List.of(atWorker, atReads)) {
            assertThat(api.get("internal/candles/extent?series_id=a:1m").status())
                    .isEqualTo(404);
        }
        Api internal = new Api(http, worker.internal());
        assertThat(internal.get("internal/candles/extent?series_id=a:1m").status())
                .isEqualTo(200);
        assertThat(internal.get(CANDLES).status()).isEqualTo(404);
        assertThat(internal.get("q/health").status()).isEqualTo(404);
    }

    @Test
    void readsAreRefusedWhileTheWorkerIsGoneAndRecoverByThemselves() {
        new SeriesApi(atWorker, SERIES).post(60);
        assertThat(atReads.get(CANDLES).status()).isEqualTo(200);
        worker.kill();
        for (String path : List.of(
                CANDLES, "api/market/health?series_id=a:b:c:1m", "api/market/debug/series_health?series_id=a:b:c:1m")) {
            assertRefusedWithin(Duration.ofSeconds(5), path);
        }
        assertThat(atReads.get("api/market/whitelist").status()).isEqualTo(200);
        worker.start();
        awaitCandle();
    }

    @Test
    void readsAreRefusedInBoundedTimeWhileTheWorkerHangs() {
        new SeriesApi(atWorker, SERIES).post(60);
        worker.pause();
        assertRefusedWithin(Duration.ofSeconds(5), CANDLES);
        worker.resume();
        awaitCandle();
    }

    @Test
    void bothEndInOrderBySigterm() {
        assertThat(atReads.get(CANDLES).status()).isEqualTo(200);
        assertThat(reads.stop()).isIn((Object[]) ENDED_BY_SIGTERM);
        assertThat(worker.stop()).isIn((Object[]) ENDED_BY_SIGTERM);
        String log = worker.log();
        assertThat(log.indexOf("internal listener closed")).isPositive().isLessThan(log.indexOf("store closed file="));
        for (RoleProcess<?> process : List.of(worker, reads)) {
            assertThat(process.log()).doesNotContain(" ERROR ", "Exception");
        }
    }

    @Test
    void readsStartWithoutPostgresAndReadTheTruth() {
        new SeriesApi(atWorker, SERIES).post(60);
        reads.stop();
        reads.with("TRADE_CANVAS_ENABLE_PG_STORE", "1")
                .with("TRADE_CANVAS_ENABLE_PG_READ", "1")
                .with("TRADE_CANVAS_POSTGRES_DSN", "postgresql://nobody:secret@127.0.0.1:1/none")
                .start();
        assertThat(atReads.get(CANDLES).body()).contains("\"server_head_time\":60");
        assertThat(atReads.get("q/metrics").body())
                .containsPattern(
                        "tradecanvas_reads_routed_total\\{reason=\"(behind|mirror_failed)\",source=\"truth\"\\} [1-9]");
        assertThat(reads.log()).doesNotContain("secret");
        worker.kill();
        await().untilAsserted(() -> assertRefusedWithin(Duration.ofSeconds(5), CANDLES));
        worker.start();
        awaitCandle();
    }

    private void awaitCandle() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(atReads.get(CANDLES).body()).contains("\"server_head_time\":60"));
    }

    private void assertRefusedWithin(Duration bound, String path) {
        long startedNanos = System.nanoTime();
        Api.Answer answer = atReads.get(path);
        assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isLessThan(bound);
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo(UNAVAILABLE);
    }
}

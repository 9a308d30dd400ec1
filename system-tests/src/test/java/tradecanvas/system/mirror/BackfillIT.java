package tradecanvas.system.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.store.servers.TestServers;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.IngestWorker;
import tradecanvas.system.process.PostgresDatabase;
import tradecanvas.system.process.TradeCanvas;

class BackfillIT {
    private static final int SERIES_COUNT = 10;
    private static final int CANDLES_A_SERIES = 8_000;

    @TempDir
    Path directory;

    private PostgresDatabase database;
    private IngestWorker worker;
    private Api api;

    @BeforeEach
    void fill() throws SQLException {
        database = PostgresDatabase.create(TestServers.postgresDsn());
        worker = IngestWorker.in(directory).withOpenGates().with("TRADE_CANVAS_POSTGRES_DSN", database.dsn());
        worker.start();
        api = new Api(HttpClient.newHttpClient(), worker.http());
        for (int i = 0; i < SERIES_COUNT; i++) {
            new SeriesApi(api, series(i)).postBatch(60, CANDLES_A_SERIES);
        }
        worker.stop();
        worker.with("TRADE_CANVAS_ENABLE_PG_STORE", "1")
                .with("TRADE_CANVAS_ENABLE_DUAL_WRITE", "1")
                .start();
    }

    @AfterEach
    void close() throws SQLException {
        worker.close();
        database.close();
    }

    @Test
    void whatWasThereBeforeIsCopiedWhileNewerValuesAreWritten() throws Exception {
        try (MirrorLoad load = MirrorLoad.onWritesOnly(api, "backfill", 4)) {
            Command command =
                    Command.start("backfill", "--worker-url", worker.internal().toString(), "--json");
            for (int i = 0; i < SERIES_COUNT; i++) { // corrections of what is being copied
                SeriesApi series = new SeriesApi(api, series(i));
                for (int k = 0; k < 20; k++) {
                    postOther(series, 60L * (1 + k * 397));
                }
            }
            JsonNode end = Api.json(command.awaitSuccess());
            assertThat(end.get("phase").asText()).isEqualTo("done");
            assertThat(end.get("rows_done").asLong()).isGreaterThanOrEqualTo(SERIES_COUNT * CANDLES_A_SERIES);
            load.end();
            System.out.print("backfill: " + end + "\n" + load.latencies("start"));
            assertThat(load.complaints()).isEmpty();
        }
        MirroredServer.awaitMirrored(api);
        Stores.assertEqual(worker.database(), database);
    }

    @Test
    void backfillGoesOnAfterTheWorkerWasKilledAndAfterItWasStopped() throws Exception {
        restart("20"); // rows a write, so that it takes a while
        String url = worker.internal().toString();
        Command.start("backfill", "--worker-url", url, "--no-follow").awaitSuccess();
        awaitRowsDone(1);
        worker.kill();
        worker.start();
        JsonNode afterKill = backfill();
        assertThat(afterKill.get("phase").asText()).isEqualTo("running");
        awaitRowsDone(afterKill.get("rows_done").asLong() + 1);

        Command.start("backfill", "--worker-url", url, "--stop").awaitSuccess();
        JsonNode stopped = backfill();
        assertThat(stopped.get("phase").asText()).isEqualTo("stopped");
        assertThat(stopped.get("rows_done").asLong()).isBetween(1L, SERIES_COUNT * (CANDLES_A_SERIES - 1L));
        restart("5000");
        assertThat(backfill().get("phase").asText()).isEqualTo("stopped");

        Command.start("backfill", "--worker-url", url).awaitSuccess();
        assertThat(Command.start("backfill", "--worker-url", url, "--status").awaitSuccess())
                .startsWith("backfill done");
        assertThat(backfill().get("rows_done").asLong()).isEqualTo(SERIES_COUNT * (long) CANDLES_A_SERIES);
        MirroredServer.awaitMirrored(api);
        Stores.assertEqual(worker.database(), database);
    }

    private void restart(String rowsAWrite) {
        worker.stop();
        worker.with("TRADE_CANVAS_MIRROR_BATCH_ROWS_MAX", rowsAWrite).start();
    }

    private JsonNode backfill() {
        return new Api(HttpClient.newHttpClient(), worker.internal())
                .get("internal/mirror/backfill")
                .json();
    }

    private void awaitRowsDone(long rows) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> backfill().get("rows_done").asLong() >= rows);
    }

    @Test
    void workerWithoutAMirrorSaysSo() throws Exception {
        worker.stop();
        worker.with("TRADE_CANVAS_ENABLE_DUAL_WRITE", "0").start();
        Command command =
                Command.start("backfill", "--worker-url", worker.internal().toString());
        assertThat(command.awaitEnd()).isEqualTo(2);
        assertThat(command.errors()).contains("dual_write_off");
    }

    private static String series(int i) {
        return "test:backfill:S" + i + ":1m";
    }

    private static void postOther(SeriesApi series, long time) {
        Api.Answer answer = series.api()
                .post(
                        "api/market/ingest/candle_closed",
                        "{\"series_id\":\"" + series.series() + "\",\"candle\":{\"candle_time\":" + time
                                + ",\"open\":7,\"high\":8,\"low\":6,\"close\":7.5,\"volume\":" + time + "}}");
        assertThat(answer.status()).isEqualTo(200);
    }

    /** {@code reconcile-job} as an operator calls it. */
    private record Command(Process process) {
        static Command start(String... arguments) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-jar");
            command.add(TradeCanvas.repository()
                    .resolve("reconcile-job/target/quarkus-app/quarkus-run.jar")
                    .toString());
            command.addAll(List.of(arguments));
            return new Command(new ProcessBuilder(command).start());
        }

        String awaitSuccess() throws IOException, InterruptedException {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(awaitEnd()).as(errors()).isZero();
            return output;
        }

        int awaitEnd() throws InterruptedException {
            return process.waitFor();
        }

        String errors() throws IOException {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package tradecanvas.system.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.store.servers.TestServers;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.IngestWorker;
import tradecanvas.system.process.PostgresDatabase;
import tradecanvas.system.process.ScriptCall;

/** What an operator types to know whether the stores are equal, and to make them so. */
class ReconcileCommandsIT {
    private static final int EQUAL = 0;
    private static final int DRIFT = 1;
    private static final int FAILED = 2;
    private static final int NOTHING = 3;

    @TempDir
    Path directory;

    private PostgresDatabase database;
    private IngestWorker worker;

    @BeforeEach
    void start() throws SQLException {
        database = PostgresDatabase.create(TestServers.postgresDsn());
        worker = MirroredServer.mirrored(IngestWorker.in(directory.resolve("worker")), database.dsn())
                .start();
    }

    @AfterEach
    void end() throws SQLException {
        worker.close();
        database.close();
    }

    @Test
    void driftIsNamedRepairedAndGone() throws SQLException {
        assertThat(reconcile().code()).isEqualTo(NOTHING);
        Api api = new Api(HttpClient.newHttpClient(), worker.http());
        for (int i = 0; i < 3; i++) {
            new SeriesApi(api, "a:b:c" + i + ":1m").postBatch(60, 3_000);
        }
        assertThat(reconcile().code()).isEqualTo(EQUAL);

        database.execute(
                "UPDATE candles SET close = close + 1e-12 WHERE series_id = 'a:b:c1:1m' AND candle_time = 6000",
                "DELETE FROM candles WHERE series_id = 'a:b:c2:1m' AND candle_time = 60",
                "INSERT INTO candles (series_id, candle_time, open, high, low, close, volume)"
                        + " VALUES ('a:b:c0:1m', 90, 1, 1, 1, 1, 1)");
        ScriptCall found = reconcile();
        assertThat(found.code()).isEqualTo(DRIFT);
        assertThat(found.output())
                .contains("extra a:b:c0:1m 90 truth=none mirror=[1.0,1.0,1.0,1.0,1.0]")
                .contains("different a:b:c1:1m 6000 ")
                .contains("missing a:b:c2:1m 60 ")
                .contains("drift: 3 series, 9001 rows, missing 1, extra 1, different 1, unconfirmed 0");

        ScriptCall dryRun = call("repair");
        assertThat(dryRun.code()).isEqualTo(DRIFT);
        assertThat(dryRun.output()).contains("would repair extra a:b:c0:1m 90", "dry run: planned 3, repaired 0");
        assertThat(reconcile().code()).isEqualTo(DRIFT);

        ScriptCall repaired = call("repair", "--apply");
        assertThat(repaired.code()).as(repaired.output()).isEqualTo(EQUAL);
        assertThat(reconcile().code()).isEqualTo(EQUAL);
        JsonNode audit = new Api(HttpClient.newHttpClient(), worker.internal())
                .get("internal/mirror/repairs?after=0&limit=10")
                .json()
                .get("audit");
        assertThat(audit).hasSize(3).allMatch(fix -> fix.get("outcome").asText().equals("repaired"));

        worker.stop();
        assertThat(reconcile().code()).isEqualTo(FAILED);
        ScriptCall ofTheFile =
                call("reconcile", "--json", "--sqlite", worker.database().toString());
        assertThat(ofTheFile.code()).isEqualTo(EQUAL);
        assertThat(Api.json(ofTheFile.output()).get("rows").asInt()).isEqualTo(9_000);
    }

    private ScriptCall reconcile() {
        return call("reconcile");
    }

    private ScriptCall call(String... arguments) {
        return ScriptCall.of(
                directory,
                Map.of(
                        "TRADE_CANVAS_WORKER_URL", worker.internal().toString(),
                        "TRADE_CANVAS_POSTGRES_DSN", database.dsn()),
                "reconcile",
                arguments);
    }
}

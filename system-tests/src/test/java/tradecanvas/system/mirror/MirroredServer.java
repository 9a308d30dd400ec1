package tradecanvas.system.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import tradecanvas.system.client.Api;
import tradecanvas.system.process.RoleProcess;
import tradecanvas.system.process.TradeCanvas;

/** The embedded default with dual writing and reads from PostgreSQL. Owner: one test. */
public final class MirroredServer {
    private static final Duration MIRRORED_MAX = Duration.ofSeconds(90);

    private MirroredServer() {}

    /** A server that was not started yet. */
    static TradeCanvas in(Path directory, String dsn) {
        return mirrored(TradeCanvas.in(directory), dsn);
    }

    /** Switches dual writing and reads from PostgreSQL on. */
    static <P extends RoleProcess<P>> P mirrored(P process, String dsn) {
        return process.withOpenGates()
                .with("TRADE_CANVAS_POSTGRES_DSN", dsn)
                .with("TRADE_CANVAS_ENABLE_PG_STORE", "1")
                .with("TRADE_CANVAS_ENABLE_DUAL_WRITE", "1")
                .with("TRADE_CANVAS_ENABLE_PG_READ", "1");
    }

    static Api api(TradeCanvas server) {
        return new Api(HttpClient.newHttpClient(), server.http());
    }

    /** What the server says of its mirror. */
    static JsonNode mirror(Api api) {
        Api.Answer answer = api.get("api/market/debug/mirror");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** Waits until nothing is owed to the mirror and it counts as up. */
    public static void awaitMirrored(Api api) {
        await().atMost(MIRRORED_MAX).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            JsonNode mirror = mirror(api);
            assertThat(mirror.get("outbox_depth").asLong())
                    .as(mirror.toString())
                    .isZero();
            assertThat(mirror.get("state").asText()).as(mirror.toString()).isEqualTo("up");
        });
    }
}

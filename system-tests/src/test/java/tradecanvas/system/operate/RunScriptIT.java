package tradecanvas.system.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.client.SocketSwarm;
import tradecanvas.system.delivery.HistoryChecker;
import tradecanvas.system.process.ScriptRun;
import tradecanvas.system.process.TradeCanvas;

/** The way in for everybody: {@code scripts/run}. */
class RunScriptIT {
    private static final String MINUTES = "ftx:futures:BTC-PERP:1m";
    private static final String HOURS = "ftx:futures:BTC-PERP:1h";
    private static final String CLOSED = "{\"type\":\"candle_closed\"";
    private static final String FORMING = "{\"type\":\"candle_forming\"";
    private static final Integer[] ENDED_BY_SIGTERM = {0, 143};

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void helpExplainsEveryOption() {
        try (ScriptRun help = ScriptRun.start(directory, "--help")) {
            assertThat(help.awaitEnd()).isZero();
            assertThat(help.output()).contains("Usage: scripts/run", "--port", "--data-dir", "--upstream", "--speed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--prot, 1, unknown option --prot",
        "--port, abc, 'abc'",
        "--port, 65536, '65536'",
        "--upstream, magic, 'magic'",
        "--speed, fast, 'fast'"
    })
    void wrongOptionIsNamedAndRefused(String option, String value, String named) {
        try (ScriptRun run = ScriptRun.start(directory, option, value)) {
            assertThat(run.awaitEnd()).isEqualTo(2);
            assertThat(run.output()).contains(named, "--help");
        }
    }

    @Test
    void optionWithoutItsValueIsRefused() {
        try (ScriptRun run = ScriptRun.start(directory, "--port")) {
            assertThat(run.awaitEnd()).isEqualTo(2);
            assertThat(run.output()).contains("--port needs a value");
        }
    }

    @Test
    void replayIsSeenLiveAndGoesOnWithoutAGapAfterARestart() throws IOException {
        long head = watchReplay();
        head = Math.max(head, watchReplay());

        try (ScriptRun run = start("--upstream", "none")) {
            List<JsonNode> minutes = new SeriesApi(api(run.awaitReady()), MINUTES).stored(0);
            assertContiguous(minutes, 60);
            assertThat(timeOf(minutes.getLast())).isGreaterThanOrEqualTo(head);
            assertThat(run.stop()).isIn((Object[]) ENDED_BY_SIGTERM);
        }
    }

    @Test
    void withoutUpstreamThereIsWhatIsPosted() throws IOException {
        try (ScriptRun run = start("--upstream", "none")) {
            Api api = api(run.awaitReady());
            assertThat(api.get("api/market/whitelist").body()).isEqualTo("{\"series_ids\":[]}");
            SeriesApi series = new SeriesApi(api, "binance:futures:BTC/USDT:1m");
            assertThat(series.stored(0)).isEmpty();
            series.post(60);
            assertThat(series.stored(0)).hasSize(1);
            assertThat(run.stop()).isIn((Object[]) ENDED_BY_SIGTERM);
        }
        assertThat(directory.resolve("data").resolve("market.db")).exists();
    }

    /** A user's first minute: page, list of series, live candles; returns the newest closed candle seen. */
    private long watchReplay() throws IOException {
        try (ScriptRun run = start("--upstream", "replay", "--speed", "600");
                SocketSwarm swarm = SocketSwarm.open()) {
            URI address = run.awaitReady();
            Api api = api(address);
            assertThat(api.get("").body()).startsWithIgnoringCase("<!doctype html>");
            assertThat(api.get("api/market/whitelist").body())
                    .isEqualTo("{\"series_ids\":[\"" + MINUTES + "\",\"" + HOURS + "\"]}");

            long head = awaitFormingThenClosed(swarm, address);

            assertContiguous(new SeriesApi(api, MINUTES).stored(0), 60);
            assertContiguous(new SeriesApi(api, HOURS).stored(0), 3600);
            assertThat(run.stop()).isIn((Object[]) ENDED_BY_SIGTERM);
            return head;
        }
    }

    private static long awaitFormingThenClosed(SocketSwarm swarm, URI address) {
        HistoryChecker history = new HistoryChecker(MINUTES, null);
        Queue<String> types = new ConcurrentLinkedQueue<>();
        var socket = swarm.connect(address.resolve("ws/market"), message -> {
            history.receive(message);
            types.add(message.substring(0, message.indexOf(',')));
        });
        socket.subscribe(MINUTES, null, false);
        await().untilAsserted(() -> assertThat(types).containsSubsequence(CLOSED, FORMING, CLOSED, FORMING));
        assertThat(history.violations()).isEmpty();
        assertThat(history.gaps()).isZero();
        return Objects.requireNonNull(history.lastClosed());
    }

    private ScriptRun start(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--port", Integer.toString(TradeCanvas.freePort()), "--data-dir", "data"));
        return ScriptRun.start(directory, all.toArray(String[]::new));
    }

    private Api api(URI address) {
        return new Api(http, address);
    }

    private static void assertContiguous(List<JsonNode> candles, long stepS) {
        assertThat(candles).hasSizeGreaterThan(100);
        for (int i = 1; i < candles.size(); i++) {
            assertThat(timeOf(candles.get(i))).isEqualTo(timeOf(candles.get(i - 1)) + stepS);
        }
    }

    private static long timeOf(JsonNode candle) {
        return candle.get("candle_time").longValue();
    }
}

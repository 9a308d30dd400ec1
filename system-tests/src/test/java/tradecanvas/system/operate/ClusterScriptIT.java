package tradecanvas.system.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.ScriptCall;
import tradecanvas.system.process.TradeCanvas;

/** The split topology in an operator's hands: {@code scripts/cluster}, on an instance of this process alone. */
class ClusterScriptIT {
    private static final String INSTANCE = "it-" + ProcessHandle.current().pid();
    private static final String SERIES = "binance:futures:BTC/USDT:1m";
    private static final Pattern PID = Pattern.compile("^# \\S+ \\S+ pid=(\\d+) ", Pattern.MULTILINE);
    private static final Pattern PORT = Pattern.compile("[: ]port=(\\d+)");
    private static final List<String> LINES =
            List.of("INGEST_URL", "READ_URL", "WS_URLS", "LB_URL", "PG_DSN", "REDIS_URL", "SQLITE_PATH");

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void purge() {
        succeed("down", "--purge");
        assertThat(state()).doesNotExist();
    }

    @Test
    void fromUpToDown() throws IOException {
        ScriptCall up = succeed("up");
        Map<String, String> lines = lines(up);
        assertThat(lines).containsOnlyKeys(LINES);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state())))
                .isEqualTo("rwx------");

        assertServes(lines);
        assertThat(Path.of(value(lines, "SQLITE_PATH"))).exists();

        assertThat(succeed("status").output()).isEqualTo(up.output());
        assertThat(succeed("up").output()).isEqualTo(up.output());
        assertOneIsKilledAndStartedAgain(up);

        Set<Integer> ports = numbers(PORT, up);
        Set<Integer> pids = numbers(PID, succeed("status"));
        assertThat(pids).hasSize(6);
        succeed("down");
        // ended, but listed until the init process has taken note
        await().untilAsserted(() -> assertThat(pids)
                .allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty()));
        assertThat(ports).hasSize(8).allSatisfy(ClusterScriptIT::assertFree);
        ScriptCall status = run(Map.of(), "status");
        assertThat(status.code()).isEqualTo(3);
        assertThat(status.output()).contains("# worker stopped", "# balancer stopped", "# postgres stopped");
    }

    @Test
    void portThatIsTakenIsNamedAndNothingIsLeft() throws IOException {
        try (ServerSocket taken = new ServerSocket(TradeCanvas.freePort(), 1, InetAddress.getLoopbackAddress())) {
            ScriptCall refused = run(Map.of(), "up", "--port", "gateway-2=" + taken.getLocalPort());
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.errors())
                    .contains(
                            "gateway-2 cannot start: port " + taken.getLocalPort(),
                            "pid " + ProcessHandle.current().pid());
        }
        assertNothingRuns();
    }

    @Test
    void whatDoesNotBecomeReadyIsShownAndAllIsEnded() {
        ScriptCall refused = run(
                Map.of(
                        "TRADE_CANVAS_ENABLE_PG_STORE", "0",
                        "TRADE_CANVAS_ENABLE_DUAL_WRITE", "1",
                        "TRADE_CANVAS_POSTGRES_DSN", "postgresql://nobody:secret@127.0.0.1:1/none",
                        "TRADE_CANVAS_REDIS_URL", "redis://127.0.0.1:1/0"),
                "up");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.output()).isEmpty();
        assertThat(refused.errors())
                .contains("pg_store_required_when_pg_read_or_dual_write_enabled", "worker has ended", "ending what was")
                .doesNotContain("secret");
        assertNothingRuns();
    }

    @Test
    void helpExplainsEveryCommand() {
        assertThat(succeed("--help").output())
                .contains(
                        "Usage: scripts/cluster",
                        "up ",
                        "down ",
                        "status ",
                        "kill ",
                        "--instance",
                        "--port",
                        "--purge");
    }

    @ParameterizedTest
    @CsvSource({
        "fly, unknown command 'fly'",
        "stop, needs a role",
        "stop gateway-9, 'gateway-9'",
        "up worker, 'worker'",
        "up --prot, unknown option --prot",
        "up --port worker=x, 'x'",
        "up --port nobody=1, 'nobody=1'",
        "status --port worker=1, only up",
        "status --purge, only down"
    })
    void wrongUseIsNamedAndRefused(String arguments, String named) {
        ScriptCall refused = run(Map.of(), arguments.split(" "));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.errors()).contains(named, "--help");
    }

    private void assertServes(Map<String, String> lines) {
        Api traders = api(value(lines, "LB_URL"));
        List<MarketSocket> sockets = Stream.concat(
                        Stream.of(value(lines, "LB_URL").replace("http:", "ws:") + "/ws/market"),
                        Stream.of(value(lines, "WS_URLS").split(",")))
                .map(address -> MarketSocket.connect(http, URI.create(address)))
                .toList();
        assertThat(sockets).hasSize(3);
        sockets.forEach(socket -> socket.subscribe(SERIES, null, false).untilNow());

        new SeriesApi(api(value(lines, "INGEST_URL")), SERIES).post(60);

        for (MarketSocket socket : sockets) {
            assertThat(socket.next()).contains("candle_closed", "\"candle_time\":60");
            socket.close();
        }
        for (Api reads : List.of(api(value(lines, "READ_URL")), traders, traders)) {
            assertThat(new SeriesApi(reads, SERIES).stored(0)).containsExactly(Api.json(Api.candle(60)));
        }
        assertThat(traders.get("").body()).contains("<title>trade-canvas</title>");
        assertThat(traders.postClosed(SERIES, 120).status()).isEqualTo(404);
    }

    private void assertNothingRuns() {
        ScriptCall status = run(Map.of(), "status");
        assertThat(status.code()).isEqualTo(3);
        assertThat(status.output().lines().filter(line -> line.contains(" stopped pid=none ")))
                .hasSize(6);
    }

    private void assertOneIsKilledAndStartedAgain(ScriptCall up) {
        succeed("kill", "gateway-1");
        ScriptCall status = run(Map.of(), "status");
        assertThat(status.code()).isEqualTo(3);
        assertThat(status.output()).contains("# gateway-1 stopped pid=none");
        succeed("start", "gateway-1");
        ScriptCall again = succeed("status");
        assertThat(lines(again)).isEqualTo(lines(up));
        assertThat(numbers(PID, again)).isNotEqualTo(numbers(PID, up));
    }

    private static String value(Map<String, String> lines, String name) {
        return Objects.requireNonNull(lines.get(name), name);
    }

    private Api api(String address) {
        return new Api(http, URI.create(address + "/"));
    }

    /** As a program reads it: what does not begin with a mark is a line for it. */
    private static Map<String, String> lines(ScriptCall call) {
        return call.output()
                .lines()
                .filter(line -> !line.startsWith("# "))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static Set<Integer> numbers(Pattern pattern, ScriptCall call) {
        Function<MatchResult, Integer> number = match -> Integer.valueOf(match.group(1));
        return pattern.matcher(call.output()).results().map(number).collect(Collectors.toSet());
    }

    private static void assertFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(probe.getLocalPort()).isEqualTo(port);
        } catch (IOException taken) {
            throw new AssertionError("port " + port + " is taken", taken);
        }
    }

    private static Path state() {
        return TradeCanvas.repository().resolve(".cluster").resolve(INSTANCE);
    }

    private ScriptCall succeed(String... arguments) {
        ScriptCall call = run(Map.of(), arguments);
        assertThat(call.code()).as(call.toString()).isZero();
        return call;
    }

    private ScriptCall run(Map<String, String> settings, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--instance", INSTANCE));
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("TRADE_CANVAS_RUN_BUILD", "never"); // this may run inside a build
        return ScriptCall.of(directory, environment, "cluster", all.toArray(String[]::new));
    }
}

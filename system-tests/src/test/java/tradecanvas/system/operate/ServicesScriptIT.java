package tradecanvas.system.operate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tradecanvas.system.process.ScriptCall;

/** The servers of development and tests: {@code scripts/services}, on an instance of this process alone. */
class ServicesScriptIT {
    private static final String INSTANCE = "it-" + ProcessHandle.current().pid();
    private static final int ANSWER_MAX_MS = 5_000;
    private static final int SILENCE_MS = 300;

    /** What a server says first to a stranger, and how its port is printed. */
    enum Server {
        POSTGRES("@127\\.0\\.0\\.1:(\\d+)/trade_canvas\n") {
            // A start without a password: 'R', length, 10 is "prove by SCRAM that you know it".
            @Override
            String askOn(Socket socket) throws IOException {
                byte[] parameters = "user\0trade_canvas\0database\0trade_canvas\0\0".getBytes(US_ASCII);
                socket.getOutputStream()
                        .write(ByteBuffer.allocate(8 + parameters.length)
                                .putInt(8 + parameters.length)
                                .putInt(3 << 16)
                                .put(parameters)
                                .array());
                DataInputStream answer = new DataInputStream(socket.getInputStream());
                return "" + (char) answer.readByte() + (answer.readInt() > 8 ? answer.readInt() : 0);
            }
        },
        REDIS("redis://127\\.0\\.0\\.1:(\\d+)/0\n") {
            @Override
            String askOn(Socket socket) throws IOException {
                socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
                return new String(socket.getInputStream().readNBytes(7), US_ASCII).strip();
            }
        };

        private final Pattern port;

        Server(String port) {
            this.port = Pattern.compile(port);
        }

        abstract String askOn(Socket socket) throws IOException;

        String argument() {
            return name().toLowerCase(Locale.ROOT);
        }

        String rightAnswer() {
            return this == POSTGRES ? "R10" : "+PONG";
        }

        String ask(ScriptCall up, int timeoutMs) throws IOException {
            Matcher printed = port.matcher(up.output());
            assertThat(printed.find()).isTrue();
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(printed.group(1))),
                        ANSWER_MAX_MS);
                socket.setSoTimeout(timeoutMs);
                return askOn(socket);
            }
        }
    }

    @TempDir
    static Path directory;

    private ScriptCall up;

    @BeforeEach
    void up() {
        up = succeed("up");
    }

    @AfterAll
    static void removeInstance() {
        succeed("down", "--delete-data");
    }

    @Test
    void upPrintsOnlyTheVariables() {
        assertThat(up.output().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("export TRADE_CANVAS_POSTGRES_DSN="
                                        + "postgresql://trade_canvas:trade_canvas@127\\.0\\.0\\.1:\\d+/trade_canvas"),
                        line -> assertThat(line)
                                .matches("export TRADE_CANVAS_REDIS_URL=redis://127\\.0\\.0\\.1:\\d+/0"));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void serverAnswersAndPostgresDemandsThePassword(Server server) throws IOException {
        assertThat(server.ask(up, ANSWER_MAX_MS)).isEqualTo(server.rightAnswer());
    }

    @Test
    void secondUpChangesNothing() {
        String before = succeed("status").output();
        assertThat(before).contains("postgres running port=", "redis running port=", up.output());

        ScriptCall second = succeed("up");

        assertThat(second.output()).isEqualTo(up.output());
        assertThat(second.errors()).isEmpty();
        assertThat(succeed("status").output()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void pausedServerIsConnectedToButSilentUntilItIsResumed(Server server) throws IOException {
        succeed("pause", server.argument());
        assertThatThrownBy(() -> server.ask(up, SILENCE_MS)).isInstanceOf(SocketTimeoutException.class);
        ScriptCall status = run("status");
        assertThat(status.code()).isEqualTo(3);
        assertThat(status.output()).contains(server.argument() + " paused");

        succeed("resume", server.argument());

        assertThat(server.ask(up, ANSWER_MAX_MS)).isEqualTo(server.rightAnswer());
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void upResumesWhatIsPaused(Server server) throws IOException {
        succeed("pause", server.argument());

        assertThat(succeed("up").output()).isEqualTo(up.output());

        assertThat(server.ask(up, ANSWER_MAX_MS)).isEqualTo(server.rightAnswer());
    }

    @ParameterizedTest
    @CsvSource({"POSTGRES, false", "POSTGRES, true", "REDIS, false", "REDIS, true"})
    void stoppedServerRefusesUntilItIsStarted(Server server, boolean pausedBefore) throws IOException {
        if (pausedBefore) {
            succeed("pause", server.argument());
        }
        succeed("stop", server.argument());
        assertThatThrownBy(() -> server.ask(up, ANSWER_MAX_MS)).isInstanceOf(ConnectException.class);
        assertThat(run("status").output()).contains(server.argument() + " stopped");

        succeed("start", server.argument());

        assertThat(server.ask(up, ANSWER_MAX_MS)).isEqualTo(server.rightAnswer());
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void killedServerIsReplacedByUp(Server server) throws IOException {
        long pid = pidOf(server);
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
        await().until(() -> run("status").output().contains(server.argument() + " stopped"));

        assertThat(succeed("up").output()).isEqualTo(up.output());

        assertThat(server.ask(up, ANSWER_MAX_MS)).isEqualTo(server.rightAnswer());
        assertThat(pidOf(server)).isNotEqualTo(pid);
    }

    @Test
    void downEndsBothAndKeepsTheirPorts() {
        succeed("down");

        for (Server server : Server.values()) {
            assertThatThrownBy(() -> server.ask(up, ANSWER_MAX_MS)).isInstanceOf(ConnectException.class);
        }
        ScriptCall status = run("status");
        assertThat(status.code()).isEqualTo(3);
        assertThat(status.output()).contains("postgres stopped", "redis stopped", up.output());
        succeed("down");
    }

    @Test
    void helpExplainsEveryCommand() {
        assertThat(succeed("--help").output())
                .contains("Usage: scripts/services", "up ", "down ", "status ", "stop ", "start ", "pause ", "resume ");
    }

    @ParameterizedTest
    @CsvSource({
        "fly, unknown command 'fly'",
        "stop, needs postgres or redis",
        "stop mysql, 'mysql'",
        "up postgres, 'postgres'",
        "up --prot, unknown option --prot",
        "up --redis-port x, 'x'",
        "status --redis-port 9, only up",
        "status --delete-data, only down"
    })
    void wrongUseIsNamedAndRefused(String arguments, String named) {
        ScriptCall refused = run(arguments.split(" "));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.errors()).contains(named, "--help");
    }

    private static long pidOf(Server server) {
        Matcher pid = Pattern.compile(server.argument() + " running .* pid=(\\d+)")
                .matcher(succeed("status").output());
        assertThat(pid.find()).isTrue();
        return Long.parseLong(pid.group(1));
    }

    private static ScriptCall succeed(String... arguments) {
        ScriptCall ended = run(arguments);
        assertThat(ended.code()).as(ended.toString()).isZero();
        return ended;
    }

    private static ScriptCall run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--instance", INSTANCE));
        return ScriptCall.of(directory, Map.of(), "services", all.toArray(String[]::new));
    }
}

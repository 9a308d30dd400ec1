package tradecanvas.system.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process of this repository, on a free port and with a directory of its own. Owner: one test.
 *
 * @param <P> the process itself, which its settings give back
 */
public abstract class RoleProcess<P extends RoleProcess<P>> implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final int STOP_MAX_S = 30;
    private static final Set<Integer> GIVEN_PORTS = ConcurrentHashMap.newKeySet();

    private final String module;
    private final Path directory;
    private final int port;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private @Nullable Process process;

    /** @param module the Maven module whose application is started */
    RoleProcess(String module, Path directory) {
        this.module = module;
        this.directory = directory;
        this.port = freePort();
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    }

    /** This process, as what it is. */
    abstract P self();

    /** Sets an environment variable, such as {@code TRADE_CANVAS_ENABLE_DEV_API}. */
    public P with(String variable, String value) {
        environment.put(variable, value);
        return self();
    }

    /** Opens the debug, dev and metrics gates. */
    public P withOpenGates() {
        with("TRADE_CANVAS_ENABLE_DEBUG_API", "1");
        with("TRADE_CANVAS_ENABLE_DEV_API", "1");
        return with("TRADE_CANVAS_ENABLE_RUNTIME_METRICS", "1");
    }

    public P withJvmOption(String option) {
        jvmOptions.add(option);
        return self();
    }

    /** Starts, also again after an end, and waits until the process says that it is ready. */
    public P start() {
        launch();
        return awaitReady();
    }

    /** Waits until the process says that it is ready. */
    public P awaitReady() {
        await().atMost(START_MAX).pollInterval(Duration.ofMillis(20)).until(() -> {
            if (!isAlive()) {
                throw new IllegalStateException("ended before it was ready:\n" + log());
            }
            return isReady();
        });
        return self();
    }

    /** Whether it says that it is ready. */
    boolean isReady() {
        return log().contains("ready " + http());
    }

    /** What is started. */
    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(repository()
                .resolve(module + "/target/quarkus-app/quarkus-run.jar")
                .toString());
        return command;
    }

    /** Starts without waiting, for starts that must fail. */
    public P launch() {
        try {
            Files.createDirectories(directory);
            ProcessBuilder builder = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(logFile().toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TRADE_CANVAS_"));
            builder.environment().putAll(environment);
            process = builder.start();
            return self();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends SIGTERM and returns the exit code. */
    public int stop() {
        running().destroy();
        return awaitEnd();
    }

    /** Sends SIGKILL. */
    public void kill() {
        running().destroyForcibly();
        awaitEnd();
    }

    /** Hangs it: its connections stay open, and it answers nobody. */
    public void pause() {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("-CONT");
    }

    /** Waits for the end and returns the exit code. */
    public int awaitEnd() {
        try {
            if (!running().waitFor(STOP_MAX_S, TimeUnit.SECONDS)) {
                running().destroyForcibly();
                throw new IllegalStateException("did not end within " + STOP_MAX_S + " s:\n" + log());
            }
            return running().exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public long pid() {
        return running().pid();
    }

    public URI http() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    public int port() {
        return port;
    }

    /** Where the files of the process are. */
    public Path directory() {
        return directory;
    }

    /** What the newest start has printed so far. */
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The root of the checkout. */
    public static Path repository() {
        return Path.of(System.getProperty("tradecanvas.repository", ".."));
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill " + signal + " failed");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Path logFile() {
        return directory.resolve("server.log");
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    /**
     * A port that nobody listens on, below those that the system gives to outgoing connections. None is given twice, as the one
     * who got it first may not listen yet.
     */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN_PORTS.add(probe.getLocalPort())) {
                    return port;
                }
            } catch (IOException taken) {
                // the next one
            }
        }
    }
}

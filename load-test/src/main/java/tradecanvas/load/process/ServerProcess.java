package tradecanvas.load.process;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A running server under test.
 *
 * <p>It runs under {@code timeout}, so it ends even when this process is killed. Threads: one owner.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration READY_TIME_MAX = Duration.ofSeconds(60);
    private static final int STOP_SECONDS_MAX = 15;
    private static final int COLLECT_SECONDS_MAX = 30;
    private static final long POLL_NANOS = 20_000_000;
    private static final int PORT_MIN = 20_000; // below the range from which the sockets' own ports are taken
    private static final int PORT_MAX = 32_000;
    private static final int PORT_TRIES_MAX = 50;

    private final ServerUnderTest server;
    private final Process wrapper;
    private final ProcessHandle process;
    private final Path log;
    private final URI base;
    private final Thread endWithUs;

    private ServerProcess(ServerUnderTest server, Process wrapper, Path log, URI base) {
        this.server = server;
        this.wrapper = wrapper;
        this.log = log;
        this.base = base;
        this.process = awaitChild(wrapper);
        this.endWithUs = new Thread(this::stop, "stop-" + server.name());
        Runtime.getRuntime().addShutdownHook(endWithUs);
    }

    /**
     * Starts a server and waits until it answers.
     *
     * <p>Shape: {@code workDir} is created, holds the server's data and its log {@code server.log}. Errors: IOException
     * with the end of that log when the server is not ready in time.
     */
    public static ServerProcess start(ServerUnderTest server, Path workDir, Cores cores, Duration lifeMax)
            throws IOException, InterruptedException {
        Files.createDirectories(workDir);
        Path log = workDir.resolve("server.log");
        int port = freePort();
        server.prepare(port, workDir);
        List<String> command = new ArrayList<>();
        command.addAll(List.of("timeout", "--kill-after=10", Long.toString(lifeMax.toSeconds())));
        command.addAll(cores.serverPrefix());
        command.addAll(server.command(port));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workDir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(server.environment(port, workDir.toAbsolutePath()));
        URI base = URI.create("http://127.0.0.1:" + port);
        ServerProcess started = new ServerProcess(server, builder.start(), log, base);
        try {
            started.awaitReady();
            return started;
        } catch (IOException | InterruptedException notReady) {
            started.close();
            throw notReady;
        }
    }

    /** The HTTP address. */
    public URI base() {
        return base;
    }

    /** The address of the market socket. */
    public URI marketSocket() {
        return URI.create("ws://" + base.getAuthority() + "/ws/market");
    }

    /** CPU and memory of the server with its worker processes. Errors: IOException when it is gone. */
    public ProcessUsage usage() throws IOException {
        ProcessUsage sum = ProcessUsage.of(process.pid());
        for (ProcessHandle worker : process.descendants().toList()) {
            sum = sum.plus(ProcessUsage.of(worker.pid()));
        }
        return sum;
    }

    /** Asks a JVM for a full collection, so that two looks at its memory compare; nothing else is affected. */
    public void collectGarbage() throws IOException, InterruptedException {
        if (!server.isJvm()) {
            return;
        }
        Process jcmd = new ProcessBuilder(Jdk.tool("jcmd"), Long.toString(process.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!jcmd.waitFor(COLLECT_SECONDS_MAX, TimeUnit.SECONDS)) {
            jcmd.destroyForcibly();
            throw new IOException("no garbage collection within " + COLLECT_SECONDS_MAX + " s");
        }
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(endWithUs);
    }

    private void stop() {
        process.destroy();
        try {
            if (!wrapper.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                wrapper.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            wrapper.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        HttpRequest probe = HttpRequest.newBuilder(base.resolve(server.readyPath()))
                .timeout(Duration.ofSeconds(2))
                .build();
        long deadline = System.nanoTime() + READY_TIME_MAX.toNanos();
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build()) {
            while (System.nanoTime() - deadline < 0 && wrapper.isAlive()) {
                if (answers(client, probe)) {
                    return;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        throw new IOException(server.name() + " is not ready after " + READY_TIME_MAX.toSeconds()
                + " s or has ended; the end of its log:\n" + endOfLog());
    }

    private boolean answers(HttpClient client, HttpRequest probe) throws InterruptedException {
        try {
            return server.isReady(
                    client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException _) {
            return false; // it is still starting
        }
    }

    private String endOfLog() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /** The one child of {@code timeout}; {@code taskset} becomes the server, so there is no other. */
    private static ProcessHandle awaitChild(Process wrapper) {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (System.nanoTime() - deadline < 0 && wrapper.isAlive()) {
            var child = wrapper.toHandle().children().findFirst();
            if (child.isPresent()) {
                return child.get();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return wrapper.toHandle();
    }

    /** A port of the loopback address that nobody has. Errors: IOException where none was found. */
    public static int freePort() throws IOException {
        for (int i = 0; i < PORT_TRIES_MAX; i++) {
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (BindException _) {
                // taken by someone else
            }
        }
        throw new IOException("no free port after " + PORT_TRIES_MAX + " tries");
    }
}

package tradecanvas.load.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The Redis of a run, which somebody else started.
 *
 * <p>For the time of the run it moves to the client's core, if it is on this machine, and goes back at the end. Threads: one
 * owner.
 */
public final class RedisServer implements AutoCloseable {
    private static final String VARIABLE = "TRADE_CANVAS_REDIS_URL";
    private static final String HINT = "; for one of this benchmark's own: "
            + "eval \"$(scripts/services up --instance load)\", since what others publish would be counted";
    private static final int PORT = 6379;
    private static final int ANSWER_MS_MAX = 5_000;
    private static final int ANSWER_BYTES_MAX = 64 * 1024;

    private final URI url;
    private final long pid;
    private final @Nullable String coresBefore;
    private final Thread moveBackWithUs = new Thread(this::moveBack, "redis-cores");

    private RedisServer(URI url, long pid, @Nullable String coresBefore) {
        this.url = url;
        this.pid = pid;
        this.coresBefore = coresBefore;
        Runtime.getRuntime().addShutdownHook(moveBackWithUs);
    }

    /**
     * Takes the server that an option or the environment names.
     *
     * <p>Errors: MissingPrerequisiteException where none is named, it does not answer, or somebody listens to the channel.
     */
    public static RedisServer take(@Nullable String option, String channel, Cores cores)
            throws IOException, InterruptedException {
        String text = option == null ? Objects.requireNonNullElse(System.getenv(VARIABLE), "") : option;
        if (text.isBlank()) {
            throw new MissingPrerequisiteException(VARIABLE + " is not set" + HINT);
        }
        URI url = URI.create(text);
        if (!"redis".equals(url.getScheme()) || url.getHost() == null || url.getUserInfo() != null) {
            throw new MissingPrerequisiteException("not a redis://host:port without a password: " + text);
        }
        String listeners = ask(url, "PUBSUB NUMSUB " + channel);
        if (!listeners.stripTrailing().endsWith(":0")) {
            throw new MissingPrerequisiteException("somebody listens to " + channel + " at " + text + HINT);
        }
        long pid = processId(ask(url, "INFO server"));
        if (cores.client() == null || !isRedisOfThisMachine(url, pid)) {
            return new RedisServer(url, pid, null);
        }
        String before = allowedCores(pid);
        Cores.pin(pid, cores.client().toString());
        return new RedisServer(url, pid, before);
    }

    /** Its address, with a port. */
    public URI url() {
        return URI.create("redis://" + url.getHost() + ":" + port(url));
    }

    @Override
    public void close() {
        moveBack();
        Runtime.getRuntime().removeShutdownHook(moveBackWithUs);
    }

    private void moveBack() {
        try {
            if (coresBefore != null && isRedisOfThisMachine(url, pid)) {
                Cores.pin(pid, coresBefore);
            }
        } catch (IOException failure) {
            System.err.println("Redis, process " + pid + ", stays on the client's core: " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static long processId(String info) {
        return info.lines()
                .filter(line -> line.startsWith("process_id:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("process_id:".length()).strip()))
                .findFirst()
                .orElse(-1);
    }

    /** A number from another machine or container could be that of any process here. */
    private static boolean isRedisOfThisMachine(URI url, long pid) throws IOException {
        Path name = Path.of("/proc", Long.toString(pid), "comm");
        if (!"127.0.0.1".equals(url.getHost()) || !Files.isReadable(name)) {
            return false;
        }
        String text = Files.readString(name);
        return text.startsWith("valkey-server") || text.startsWith("redis-server");
    }

    private static String allowedCores(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "status"))
                .lines()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring("Cpus_allowed_list:".length()).strip())
                .findFirst()
                .orElseThrow(() -> new IOException("no cores of process " + pid));
    }

    private static int port(URI url) {
        return url.getPort() < 0 ? PORT : url.getPort();
    }

    /** The raw answer to a command without blanks in its words; QUIT makes the server end it. */
    private static String ask(URI url, String command) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), port(url)), ANSWER_MS_MAX);
            socket.setSoTimeout(ANSWER_MS_MAX);
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            String text = new String(answer.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
            if (text.startsWith("-") || !text.endsWith("+OK\r\n")) {
                throw new MissingPrerequisiteException(url + " answers: " + text.strip());
            }
            return text.substring(0, text.length() - "+OK\r\n".length());
        } catch (IOException failure) {
            if (failure instanceof MissingPrerequisiteException) {
                throw failure;
            }
            throw new MissingPrerequisiteException("no Redis at " + url + ": " + failure.getMessage() + HINT);
        }
    }
}
